using System.Globalization;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Speech;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>
/// A voice folder as Hugging Face publishes VITS, such as <c>facebook/mms-tts-fin</c>: weights in the safetensors format, <c>config.json</c>,
/// <c>vocab.json</c> and <c>tokenizer_config.json</c>. Its graphs are written when it is first loaded.
/// </summary>
/// <param name="Voice">The catalogue's entry.</param>
/// <param name="ModelPath">The weights, or the index of their files.</param>
/// <param name="Tokenizer">Made of the folder's vocabulary.</param>
/// <param name="Scales">The configuration's own.</param>
/// <param name="Size">Bytes of the weights in memory.</param>
/// <param name="Speakers">How many speakers the voice has.</param>
/// <param name="Speaking">The speaker; null when the voice has only one.</param>
internal sealed record HuggingFaceVoiceFolder(
    Voice Voice, string ModelPath, HuggingFaceTokenizer Tokenizer, VoiceScales Scales, long Size, int Speakers, long? Speaking)
    : InstalledVoice(Voice, ModelPath, Tokenizer.MaxCharacters), IVitsVoiceFolder
{
    public override long? SpeakerId => Speaking;

    public override long ModelBytes => Size;

    public string IdsInput => VitsVoice.InputIds;

    public string Output => VitsVoice.Waveform;

    internal override IVoiceModel Load(VoiceLoading loading) => new VitsVoice(this, loading.Device, loading.Graphs, loading.Logger);

    public override VoiceTokens Tokenize(string segment) => Tokenizer.Tokenize(segment);

    public override InstalledVoice? Speaker(string speaker) =>
        Speaking is not null && int.TryParse(speaker, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Speakers
            ? this with { Voice = VoiceOf(speaker), Speaking = number }
            : null;

    public VitsPlanFile WriteGraphs(VitsGraphFolder into, ILogger logger)
    {
        using var weights = Open(Path.GetDirectoryName(ModelPath)!, out var config);
        return new VitsPlanFile(new VitsGraphWriter(config, weights).Write(into, Voice.Name, logger), null);
    }

    /// <summary>Whether a folder is of this layout.</summary>
    internal static bool IsOne(string directory) =>
        File.Exists(Path.Combine(directory, VitsWeights.SingleFile)) || File.Exists(Path.Combine(directory, VitsWeights.IndexFile));

    internal static HuggingFaceVoiceFolder Parse(string directory)
    {
        var files = VitsWeights.Files(directory);
        var network = VitsConfig.Read(directory);
        using var weights = new VitsWeights(directory);
        var writer = new VitsGraphWriter(network, weights);
        var size = writer.Check() * sizeof(float);
        var config = VoiceSettings.Read(Path.Combine(directory, VitsConfig.FileName));
        var tokenizer = HuggingFaceTokenizer.Read(directory, config, writer.Rows);
        var voice = new Voice(
            Path.GetFileName(directory),
            LanguageCode.Primary(tokenizer.Language),
            network.SampleRate,
            Hash([.. files, .. HuggingFaceTokenizer.Files(directory)]),
            config.Words("license") ?? config.Words("licence") ?? VoiceCard.OfHuggingFace(Path.Combine(directory, VoiceCard.HuggingFace)),
            config.Words("source") ?? config.Words("_name_or_path"),
            Region: VoiceNames.Region(tokenizer.Language, directory),
            Speakers: network.Speakers > 1 ? [.. Enumerable.Range(0, network.Speakers).Select(i => i.ToString(CultureInfo.InvariantCulture))] : []);
        var scales = new VoiceScales(network.NoiseScale, (float)(1 / network.SpeakingRate), network.DurationNoiseScale);
        var model = VoiceFiles.Find(directory, VitsWeights.IndexFile) ?? files[0];
        return new HuggingFaceVoiceFolder(voice, model, tokenizer, scales, size, network.Speakers, network.Speakers > 1 ? 0 : null);
    }

    /// <summary>Opens the folder once more: it may have changed, or be gone.</summary>
    private static VitsWeights Open(string directory, out VitsConfig config)
    {
        try
        {
            config = VitsConfig.Read(directory);
            return new VitsWeights(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException("One of its files cannot be read.", e);
        }
    }
}
