using Dictation.Application.Abstractions;
using Dictation.Speech;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>
/// A voice folder in the layout of Hugging Face VITS, as MMS-TTS exports it: a model, <c>vocab.json</c> and, where they are there,
/// <c>tokenizer_config.json</c> and <c>config.json</c>, whose absent settings take that library's defaults.
/// </summary>
/// <param name="Voice">The catalogue's entry.</param>
/// <param name="ModelPath">The model file.</param>
/// <param name="Tokenizer">Made of the folder's vocabulary.</param>
/// <param name="AddsBlank">Whether a blank stands before, between and after the characters' ids.</param>
/// <param name="MaxCharacters">The longest text that the model takes in one run, or null where it states no limit.</param>
internal sealed record VitsVoiceFolder(Voice Voice, string ModelPath, VitsTokenizer Tokenizer, bool AddsBlank, int? MaxCharacters)
    : InstalledVoice(Voice, ModelPath, MaxCharacters), IVitsVoiceFolder
{
    internal const string Vocabulary = "vocab.json";

    private const int DefaultSampleRate = 16000;

    public string IdsInput => VitsVoice.InputIds;

    public string Output => VitsVoice.Waveform;

    public VoiceScales Scales => VoiceScales.Default;

    internal override IVoiceModel Load(VoiceLoading loading) => new VitsVoice(this, loading.Device, loading.Graphs, loading.Logger);

    public VoiceTokens Tokenize(string segment)
    {
        var tokens = Tokenizer.Tokenize(segment);
        return new VoiceTokens(tokens.Ids, tokens.Speakable, tokens.Dropped, tokens.Sources is not { } sources ? null : [.. sources.Select((source, i) => AddsBlank
            ? new HeardSpan(source, 1, 2 * i + 1, 2 * i + 3)
            : new HeardSpan(source, 1, i, i + 1))]);
    }

    internal static VitsVoiceFolder Parse(string directory)
    {
        var name = Path.GetFileName(directory);
        var modelPath = Models(directory) switch
        {
            [] => throw new VoiceException("There is no model.onnx."),
            [string only] => only,
            string[] several => several.FirstOrDefault(path => Path.GetFileName(path) == "model.onnx")
                ?? throw new VoiceException("There are several models and none is called model.onnx."),
        };

        var vocabPath = Path.Combine(directory, Vocabulary);
        if (!File.Exists(vocabPath))
        {
            throw new VoiceException("There is no vocab.json, and no configuration beside the model as Piper's voices have it.");
        }

        VoiceSettings vocab = VoiceSettings.Read(vocabPath), tokenizer = VoiceSettings.Read(Path.Combine(directory, "tokenizer_config.json")),
            config = VoiceSettings.Read(Path.Combine(directory, "config.json"));

        if (tokenizer.Flag("is_uroman") ?? false)
        {
            throw new VoiceException("Its text must be romanised with uroman, which this service does not do.");
        }

        if (tokenizer.Flag("phonemize") ?? false)
        {
            throw new VoiceException("Its text must be turned into phonemes, which this service does not do for this layout.");
        }

        var sampleRate = config.SampleRate("sampling_rate") ?? config.SampleRate("sample_rate") ?? DefaultSampleRate;
        var addBlank = tokenizer.Flag("add_blank") ?? true;
        var language = tokenizer.Words("language") ?? config.Words("language") ?? LanguageInName(name)
            ?? throw new VoiceException("No language is stated in tokenizer_config.json or config.json, nor does the folder's name tell it.");
        var ids = new VitsTokenizer(vocab.Ids(), tokenizer.Flag("normalize") ?? true, addBlank);
        var maxCharacters = MaxCharactersOf(tokenizer.Number("model_max_length"), config.Number("max_input_ids"), addBlank);
        CheckModel(modelPath, [VitsVoice.InputIds], VitsVoice.Waveform);

        var voice = new Voice(
            name,
            LanguageCode.Primary(language),
            sampleRate,
            Hash(modelPath),
            config.Words("license") ?? config.Words("licence"),
            config.Words("source") ?? config.Words("_name_or_path"));
        return new VitsVoiceFolder(voice, modelPath, ids, addBlank, maxCharacters);
    }

    /// <summary><c>fi_FI-aino</c> and <c>mms-tts-fin</c> tell their language.</summary>
    private static string? LanguageInName(string name)
    {
        const string Mms = "mms-tts-";
        var mms = name.IndexOf(Mms, StringComparison.OrdinalIgnoreCase);
        var code = (mms >= 0 ? name[(mms + Mms.Length)..] : name).Split('-', '_')[0];
        return code.Length is 2 or 3 && code.All(char.IsAsciiLetter) ? code : null;
    }

    private static int? MaxCharactersOf(double? modelMaxLength, double? maxInputIds, bool addBlank)
    {
        // A tokenizer without a limit writes 1e30.
        var ids = Math.Min(modelMaxLength ?? double.PositiveInfinity, maxInputIds ?? double.PositiveInfinity);
        if (ids > int.MaxValue)
        {
            return null;
        }

        var characters = addBlank ? (ids - 1) / 2 : ids;
        return characters >= 1 ? (int)characters : throw new VoiceException("The stated longest input is too short for any text.");
    }
}
