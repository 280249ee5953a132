using Dictation.Application.Abstractions;
using Dictation.Speech;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>A voice folder in the layout of Piper: a model, and beside it its configuration under the model's name with <c>.json</c> behind it.</summary>
/// <param name="Voice">The catalogue's entry.</param>
/// <param name="ModelPath">The model file.</param>
/// <param name="Tokenizer">Made of the configuration's phonemes.</param>
/// <param name="Scales">The configuration's inputs of the network at rate 1.</param>
/// <param name="SpeakerIds">Every speaker's number by its name; empty where the voice has but one.</param>
/// <param name="Speaking">The speaker; null when the voice has only one.</param>
internal sealed record PiperVoiceFolder(
    Voice Voice, string ModelPath, PiperTokenizer Tokenizer, VoiceScales Scales, IReadOnlyDictionary<string, long> SpeakerIds, long? Speaking)
    : InstalledVoice(Voice, ModelPath, MaxCharacters: null), IVitsVoiceFolder
{
    private static readonly string[] NeededInputs = [VitsVoice.PiperInput, VitsVoice.PiperLengths, VitsVoice.PiperScales];

    /// <summary>Between a voice's name and its speaker's.</summary>
    public const char SpeakerMark = '#';

    /// <summary>espeak-ng does.</summary>
    public override bool ReadsDigits => true;

    public override long? SpeakerId => Speaking;

    public string IdsInput => VitsVoice.PiperInput;

    public string Output => VitsVoice.PiperOutput;

    internal override IVoiceModel Load(VoiceLoading loading) => new VitsVoice(this, loading.Device, loading.Graphs, loading.Logger);

    public VoiceTokens Tokenize(string segment)
    {
        var tokens = Tokenizer.Tokenize(segment);
        return new VoiceTokens(tokens.Ids, tokens.Speakable, tokens.Unknown, null);
    }

    public override InstalledVoice? Speaker(string speaker) => SpeakerIds.TryGetValue(speaker, out var id)
        || (long.TryParse(speaker, System.Globalization.NumberStyles.None, null, out id) && SpeakerIds.Values.Contains(id))
            ? this with { Voice = Voice with { Name = $"{Voice.Name}{SpeakerMark}{speaker}" }, Speaking = id }
            : null;

    /// <summary>The configuration that lies beside one of these models; null where none does.</summary>
    internal static string? Config(IEnumerable<string> models) => models.Select(m => m + ".json").FirstOrDefault(File.Exists);

    internal static PiperVoiceFolder Parse(string directory, string configPath)
    {
        if (Models(directory) is not [var modelPath])
        {
            throw new VoiceException("There are several models. Put each into a folder of its own, with its configuration.");
        }

        var config = VoiceSettings.Read(configPath);
        var espeak = config.Object("espeak").Words("voice");
        var language = config.Object("language").Words("code") ?? espeak ?? throw new VoiceException("Neither language.code nor espeak.voice in its configuration says what it speaks.");
        var sampleRate = config.Object("audio").SampleRate("sample_rate") ?? throw new VoiceException("Its configuration has no audio.sample_rate.");
        var inference = config.Object("inference");
        var scales = new VoiceScales(
            Scale(inference, "noise_scale", 0.667), Scale(inference, "length_scale", 1), Scale(inference, "noise_w", 0.8));

        var count = config.Number("num_speakers") ?? 1;
        var speakers = count > 1 ? Speakers(config.Object("speaker_id_map"), count) : [];
        CheckModel(modelPath, speakers.Count > 0 ? [.. NeededInputs, VitsVoice.Speaker] : NeededInputs, VitsVoice.PiperOutput);

        var phonemize = (config.Words("phoneme_type") ?? "espeak") switch
        {
            "espeak" => Espeak(espeak ?? language),
            "text" => (Func<string, string>)(text => text.ToLowerInvariant()),
            var other => throw new VoiceException($"Its phonemes are of the type {other}; this service knows espeak and text."),
        };
        var tokenizer = new PiperTokenizer(config.Object("phoneme_id_map").IdLists(), config.Object("phoneme_map").WordLists(), phonemize);
        var voice = new Voice(
            Path.GetFileName(directory),
            LanguageCode.Primary(language),
            sampleRate,
            Hash(modelPath, configPath),
            config.Words("license") ?? Licence(Path.Combine(directory, "MODEL_CARD")),
            config.Words("source"),
            Speakers: [.. speakers.OrderBy(s => s.Value).Select(s => s.Key)]);
        return new PiperVoiceFolder(voice, modelPath, tokenizer, scales, speakers, speakers.Count > 0 ? speakers.Values.Min() : null);
    }

    private static Func<string, string> Espeak(string voice)
    {
        if (EspeakNg.Problem(voice) is { } problem)
        {
            throw new VoiceException(problem);
        }

        return text => EspeakNg.Phonemes(voice, text);
    }

    private static float Scale(VoiceSettings inference, string name, double otherwise)
    {
        var scale = inference.Number(name) ?? otherwise;
        return scale is >= 0 and <= 10 ? (float)scale : throw new VoiceException($"{name} in its configuration is not from 0 to 10.");
    }

    private static Dictionary<string, long> Speakers(VoiceSettings map, double count)
    {
        // A speaker without a name is called by its number.
        var named = map.Names.Any() ? map.Ids() : [];
        return Enumerable.Range(0, (int)Math.Min(count, 10_000)).ToDictionary(
            i => named.FirstOrDefault(n => n.Value == i).Key ?? i.ToString(System.Globalization.CultureInfo.InvariantCulture), i => (long)i, StringComparer.Ordinal);
    }

    /// <summary>Piper's model cards say <c>* License: CC0</c>.</summary>
    private static string? Licence(string card)
    {
        const string Mark = "license:";
        if (!File.Exists(card))
        {
            return null;
        }

        return File.ReadLines(card)
            .Take(200)
            .Select(line => line.Trim(' ', '*', '-'))
            .Where(line => line.StartsWith(Mark, StringComparison.OrdinalIgnoreCase))
            .Select(line => line[Mark.Length..].Trim())
            .FirstOrDefault(licence => licence.Length is > 0 and <= 200);
    }
}
