using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Speech;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>
/// A voice folder in the layout of sherpa-onnx whose voice reads characters, as MMS voices do: a model that holds its own settings, and
/// <c>tokens.txt</c>. Piper's voices in this layout are <see cref="PiperVoiceFolder"/>s.
/// </summary>
/// <param name="Voice">The catalogue's entry.</param>
/// <param name="ModelPath">The model file.</param>
/// <param name="Characters">Made of tokens.txt.</param>
/// <param name="IdsInput">The name of the network's input of ids.</param>
/// <param name="Output">The name of the network's output of samples.</param>
/// <param name="Speakers">The model's speakers; null where the voice has but one.</param>
/// <param name="Speaking">The speaker; null when the voice has only one.</param>
internal sealed record SherpaVoiceFolder(
    Voice Voice, string ModelPath, SpokenCharacters Characters, string IdsInput, string Output, VoiceSpeakers? Speakers, long? Speaking)
    : InstalledVoice(Voice, ModelPath, MaxCharacters: null), IVitsVoiceFolder
{
    private const string EndMarks = ".:?!";

    /// <summary>Front ends that this service does not have, by a word of the comment.</summary>
    private static readonly (string Word, string Missing)[] OtherKinds =
    [
        ("coqui", "It needs phonemes as Coqui makes them, which this service does not."),
        ("melo", "It needs the lexicon and the tones of MeloTTS, which this service does not have."),
        ("icefall", "It needs the phonemes or the lexicon of icefall, which this service does not have."),
        ("inflect", "It needs the front end of Inflect, which this service does not have."),
    ];

    public override long? SpeakerId => Speaking;

    public VoiceScales Scales => VoiceScales.Default;

    internal override IVoiceModel Load(VoiceLoading loading) => new VitsVoice(this, loading.Device, loading.Graphs, loading.Logger);

    public override VoiceTokens Tokenize(string segment) => VoiceTokens.From(Characters.Tokenize(segment));

    /// <summary>Behind each run of marks, but not before a letter or digit: <c>3.5</c>, <c>example.com</c>.</summary>
    public override IReadOnlyList<int> SentenceEnds(string text) =>
        [.. Enumerable.Range(1, text.Length).Where(end => EndMarks.Contains(text[end - 1], StringComparison.Ordinal)
            && (end == text.Length || !(EndMarks.Contains(text[end], StringComparison.Ordinal) || char.IsLetterOrDigit(text[end]))))];

    public override InstalledVoice? Speaker(string speaker) => Speakers?.Find(speaker) is var (name, id)
        ? this with { Voice = VoiceOf(name), Speaking = id }
        : null;

    /// <summary>Reads a folder; null where it is of another layout.</summary>
    /// <exception cref="VoiceException">The voice is broken, or needs what this service does not have.</exception>
    internal static InstalledVoice? TryParse(string directory, string[] models)
    {
        if (models.Length == 0 || !File.Exists(Path.Combine(directory, SherpaTokens.FileName)))
        {
            return null;
        }

        var model = VoiceModelFile.Read(ChooseModel(directory, models));
        var metadata = new SherpaMetadata(model.Content.Metadata);
        if (!metadata.IsThere)
        {
            return HasOtherVocabulary(directory) ? null
                : throw new VoiceException($"{Path.GetFileName(model.Path)} does not hold the settings that sherpa-onnx needs: {SherpaMetadata.Needed}.");
        }

        var tokens = SherpaTokens.Read(directory);
        return metadata.Words("frontend") == "characters" ? Parse(directory, model, metadata, tokens)
            : Missing(directory, metadata) is { } missing ? throw new VoiceException(missing)
            : PiperVoiceFolder.Parse(directory, model, metadata, tokens);
    }

    private static SherpaVoiceFolder Parse(string directory, VoiceModelFile model, SherpaMetadata metadata, Dictionary<string, long> tokens)
    {
        var ids = model.Takes(VitsVoice.PiperInput) ? VitsVoice.PiperInput : VitsVoice.SherpaInput;
        string[] inputs = ids == VitsVoice.PiperInput ? [ids, VitsVoice.PiperLengths] : [ids, VitsVoice.SherpaLength];
        var outputs = model.Content.Outputs.Select(o => o.Name).ToList();
        var output = new[] { VitsVoice.SherpaOutput, VitsVoice.PiperOutput }.FirstOrDefault(outputs.Contains) ?? outputs.FirstOrDefault() ?? VitsVoice.SherpaOutput;
        var speakers = VoiceSpeakers.Numbered(metadata.Speakers);
        var speaker = speakers is null ? [] : new[] { model.Takes(VitsVoice.OtherSpeaker) ? VitsVoice.OtherSpeaker : VitsVoice.Speaker };
        model.Check([.. inputs, .. speaker], output);

        // sherpa-onnx adds an id to both ends of MMS voices, for want of the setting. They were not trained so.
        var hasEnds = metadata.IsOn("use_eos_bos");
        var characters = new SpokenCharacters(SherpaTokens.Characters(tokens), new VitsTokenizerSettings
        {
            AddBlank = metadata.IsOn("add_blank"),
            Blank = metadata.Id("blank_id"),
            Begin = hasEnds ? metadata.Id("bos_id") : null,
            End = hasEnds ? metadata.Id("eos_id") : null,
            UnknownToken = "",
            PaddingToken = "",
        });
        var voice = VoiceFrom(directory, model, metadata, metadata.Language(VoiceNames.LanguageWithin(Path.GetFileName(directory))), speakers);
        return new SherpaVoiceFolder(voice, model.Path, characters, ids, output, speakers, speakers?.First) { WeightFiles = model.Weights, WhyWhole = VitsPublishedGraph.WhyWhole(model.Content) };
    }

    /// <summary>The catalogue's entry of a voice in this layout.</summary>
    internal static Voice VoiceFrom(string directory, VoiceModelFile model, SherpaMetadata metadata, string language, VoiceSpeakers? speakers) => new(
        Path.GetFileName(directory),
        LanguageCode.Primary(language),
        metadata.SampleRate,
        Hash([.. model.Files, Path.Combine(directory, SherpaTokens.FileName)]),
        Given(metadata.Words("license")),
        Given(metadata.Words("url")),
        Region: VoiceNames.Region(language, directory),
        Speakers: speakers?.Names);

    private static string? Given(string words) => words.Length > 0 ? words : null;

    private static bool HasOtherVocabulary(string directory) => new[] { HuggingFaceTokenizer.Vocabulary, HuggingFaceTokenizer.Whole, "config.json" }
        .Any(name => File.Exists(Path.Combine(directory, name)));

    /// <summary>What a voice that does not read characters needs and this service has not; null for Piper's.</summary>
    private static string? Missing(string directory, SherpaMetadata metadata)
    {
        if (OtherKinds.FirstOrDefault(kind => metadata.Comment.Contains(kind.Word, StringComparison.OrdinalIgnoreCase)) is { Missing: { } missing })
        {
            return missing;
        }

        return metadata.IsOn("jieba") || metadata.IsOn("has_g2pw") ? "It needs Chinese text cut into words and turned into pinyin, which this service does not do."
            : metadata.Comment.Contains("piper", StringComparison.OrdinalIgnoreCase) ? null
            : File.Exists(Path.Combine(directory, SherpaTokens.Lexicon))
                ? $"It {SherpaTokens.NeedsLexicon}"
            : "Its model does not say how it reads text: neither is its frontend characters, nor is it one of Piper's.";
    }
}
