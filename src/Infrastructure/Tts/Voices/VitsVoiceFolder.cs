using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>
/// A voice folder in the layout of Hugging Face VITS, exported as an ONNX model by Optimum or for Transformers.js: the model, <c>vocab.json</c> or
/// <c>tokenizer.json</c> and, where they are there, <c>tokenizer_config.json</c> and <c>config.json</c>, whose absent settings take that library's defaults.
/// </summary>
/// <param name="Voice">The catalogue's entry.</param>
/// <param name="ModelPath">The model file.</param>
/// <param name="Tokenizer">Made of the folder's vocabulary.</param>
/// <param name="Scales">The voice's own pace, for a network that takes it.</param>
internal sealed record VitsVoiceFolder(Voice Voice, string ModelPath, HuggingFaceTokenizer Tokenizer, VoiceScales Scales)
    : InstalledVoice(Voice, ModelPath, Tokenizer.MaxCharacters), IVitsVoiceFolder
{
    private const int DefaultSampleRate = 16000;

    private const double MinPace = 0.1, MaxPace = 10;

    public string IdsInput => VitsVoice.InputIds;

    public string Output => VitsVoice.Waveform;

    internal override IVoiceModel Load(VoiceLoading loading) => new VitsVoice(this, loading.Device, loading.Graphs, loading.Logger);

    public override VoiceTokens Tokenize(string segment) => Tokenizer.Tokenize(segment);

    internal static VitsVoiceFolder Parse(string directory)
    {
        var modelPath = ChooseModel(directory, Models(directory));
        var config = VoiceSettings.Read(Path.Combine(directory, VitsConfig.FileName));
        var tokenizer = HuggingFaceTokenizer.Read(directory, config, Rows(config));
        var sampleRate = config.SampleRate("sampling_rate") ?? config.SampleRate("sample_rate") ?? DefaultSampleRate;
        var model = VoiceModelFile.Read(modelPath);
        model.Check([VitsVoice.InputIds], VitsVoice.Waveform);

        var voice = new Voice(
            Path.GetFileName(directory),
            LanguageCode.Primary(tokenizer.Language),
            sampleRate,
            Hash([.. model.Files, .. HuggingFaceTokenizer.Files(directory)]),
            config.Words("license") ?? config.Words("licence"),
            config.Words("source") ?? config.Words("_name_or_path"),
            Region: VoiceNames.Region(tokenizer.Language, directory));
        return new VitsVoiceFolder(voice, modelPath, tokenizer, VoiceScales.Default with { Length = 1 / Pace(config) }) { WeightFiles = model.Weights, WhyWhole = VitsPublishedGraph.WhyWhole(model.Content) };
    }

    private static float Pace(VoiceSettings config) => config.Number("speaking_rate") switch
    {
        null => 1,
        >= MinPace and <= MaxPace and var pace => (float)pace,
        _ => throw new VoiceException($"speaking_rate in its configuration is not from {MinPace} to {MaxPace}."),
    };

    /// <summary>How many ids the network knows: it was made by this setting.</summary>
    private static long? Rows(VoiceSettings config) => config.Number("vocab_size") is >= 1 and <= int.MaxValue and { } rows ? (long)rows : null;
}
