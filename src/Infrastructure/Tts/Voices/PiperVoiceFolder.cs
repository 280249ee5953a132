using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Speech;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>A voice folder in the layout of Piper: a model, and beside it its configuration under the model's name with <c>.json</c> behind it.</summary>
/// <param name="Voice">The catalogue's entry.</param>
/// <param name="ModelPath">The model file.</param>
/// <param name="Tokenizer">Made of the configuration's phonemes.</param>
/// <param name="Scales">The configuration's inputs of the network at rate 1.</param>
/// <param name="Speakers">The model's speakers; null where the voice has but one.</param>
/// <param name="Speaking">The speaker; null when the voice has only one.</param>
internal sealed record PiperVoiceFolder(
    Voice Voice, string ModelPath, PiperTokenizer Tokenizer, VoiceScales Scales, VoiceSpeakers? Speakers, long? Speaking)
    : InstalledVoice(Voice, ModelPath, MaxCharacters: null), IVitsVoiceFolder
{
    private const string Ids = "phoneme_id_map";

    private const string GuessedVowels = "Texts in this language mostly lack vowel marks, and words without them are read by guess. Write the marks where the reading matters.";

    private static readonly string[] NeededInputs = [VitsVoice.PiperInput, VitsVoice.PiperLengths, VitsVoice.PiperScales];

    /// <summary>espeak-ng does; a voice of letters does not.</summary>
    public override bool ReadsDigits => Tokenizer.HasPhonemizer;

    public override long? SpeakerId => Speaking;

    public string IdsInput => VitsVoice.PiperInput;

    public string Output => VitsVoice.PiperOutput;

    internal override IVoiceModel Load(VoiceLoading loading) => new VitsVoice(this, loading.Device, loading.Graphs, loading.Logger);

    public override VoiceTokens Tokenize(string segment)
    {
        var tokens = Tokenizer.Tokenize(segment);
        return new VoiceTokens(tokens.Ids, tokens.Speakable, tokens.Unknown, tokens.Heard, tokens.Symbols);
    }

    public override IReadOnlyList<int>? SentenceEnds(string text) => Tokenizer.SentenceEnds(text);

    public override InstalledVoice? Speaker(string speaker) => Speakers?.Find(speaker) is var (name, id)
        ? this with { Voice = VoiceOf(name), Speaking = id }
        : null;

    /// <summary>The configuration that lies beside one of these models, or is the folder's; null where there is none of Piper's.</summary>
    internal static string? Config(string directory, IEnumerable<string> models)
    {
        var other = Path.Combine(directory, VitsConfig.FileName);
        return models.Select(m => m + ".json").FirstOrDefault(File.Exists) ?? (VoiceSettings.Read(other).Has(Ids) ? other : null);
    }

    internal static PiperVoiceFolder Parse(string directory, string configPath)
    {
        var config = VoiceSettings.Read(configPath);
        var modelPath = Models(directory) switch
        {
            [var only] => only,
            [] => throw new VoiceException("There is no model beside its configuration."),
            _ when config.Flag("streaming") ?? false =>
                throw new VoiceException("It was exported in two parts, for streaming. Export it whole; this service cuts it itself."),
            _ => throw new VoiceException("There are several models. Put each into a folder of its own, with its configuration."),
        };
        var settings = Settings.Read(config, directory, modelPath);
        var model = VoiceModelFile.Read(modelPath);
        model.Check(settings.Speakers is not null ? [.. NeededInputs, VitsVoice.Speaker] : NeededInputs, VitsVoice.PiperOutput);

        var phonemizer = settings.CreatePhonemizer();
        var language = LanguageCode.Primary(settings.Language);
        var voice = new Voice(
            Path.GetFileName(directory),
            language,
            settings.SampleRate,
            Hash([.. model.Files, configPath]),
            config.Words("license") ?? VoiceCard.OfPiper(Path.Combine(directory, VoiceCard.Piper)),
            config.Words("source"),
            Region: VoiceNames.Region(settings.Language, directory),
            Speakers: settings.Speakers?.Names,
            Notes: phonemizer is not null && UnwrittenVowels.Of(language) ? [GuessedVowels] : [])
        {
            TakesPhonemes = phonemizer is not null,
        };
        return new PiperVoiceFolder(voice, modelPath, new PiperTokenizer(settings.Phonemes, phonemizer), settings.Scales, settings.Speakers, settings.Speakers?.First)
        {
            WeightFiles = model.Weights,
            WhyWhole = VitsPublishedGraph.WhyWhole(model.Content),
        };
    }

    /// <summary>A voice of Piper's in sherpa-onnx's layout, without its own configuration.</summary>
    internal static PiperVoiceFolder Parse(string directory, VoiceModelFile model, SherpaMetadata metadata, Dictionary<string, long> tokens)
    {
        var phonemes = new PiperPhonemes(tokens.ToDictionary(t => t.Key, t => new[] { t.Value }), new Dictionary<string, string[]>(), []);
        var espeak = metadata.Words("voice");
        var language = metadata.Language(
            espeak.Length > 0 ? Settings.LanguageOf(espeak) : null, VoiceNames.LanguageWithin(Path.GetFileName(directory)), VoiceNames.Language(Path.GetFileName(model.Path)));
        var phonemizer = espeak.Length > 0 ? EspeakPhonemizer.For(espeak) : EspeakPhonemizer.ForLanguage(language);
        var speakers = VoiceSpeakers.Numbered(metadata.Speakers);
        model.Check(speakers is not null ? [.. NeededInputs, VitsVoice.Speaker] : NeededInputs, VitsVoice.PiperOutput);
        var voice = SherpaVoiceFolder.VoiceFrom(directory, model, metadata, language, speakers) with { TakesPhonemes = true };
        return new PiperVoiceFolder(voice, model.Path, new PiperTokenizer(phonemes, phonemizer), VoiceScales.Default, speakers, speakers?.First)
        {
            WeightFiles = model.Weights,
            WhyWhole = VitsPublishedGraph.WhyWhole(model.Content),
        };
    }

    /// <summary>Looks at the configuration alone: neither the model nor espeak-ng has to be there.</summary>
    /// <exception cref="VoiceException">It is broken, or needs what this service does not do.</exception>
    internal static void CheckSettings(string directory, string modelPath) => Settings.Read(VoiceSettings.Read(modelPath + ".json"), directory, modelPath);

    /// <summary>What the configuration says.</summary>
    /// <param name="Espeak">The name of espeak-ng's voice, where it states one.</param>
    /// <param name="NeedsPhonemes">Whether espeak-ng reads the text; a voice of letters needs none.</param>
    private sealed record Settings(
        int SampleRate, VoiceScales Scales, PiperPhonemes Phonemes, string Language, string? Espeak, bool NeedsPhonemes, VoiceSpeakers? Speakers)
    {
        public static Settings Read(VoiceSettings config, string directory, string modelPath)
        {
            var inference = config.Object("inference");
            var needsPhonemes = ReadsPhonemes(config);
            var espeak = config.Object("espeak").Words("voice");
            return new Settings(
                ReadSampleRate(config.Object("audio")),
                new VoiceScales(
                    Scale(inference, "noise_scale") ?? VoiceScales.Default.Noise,
                    Scale(inference, "length_scale") ?? VoiceScales.Default.Length,
                    Scale(inference, "noise_w") ?? Scale(inference, "noise_scale_w") ?? VoiceScales.Default.NoiseWidth),
                new PiperPhonemes(config.Object(Ids).IdLists(), config.Object("phoneme_map").WordLists(), config.JoinedStrings("vowel_clusters")),
                ReadLanguage(config, needsPhonemes ? espeak : null, directory, modelPath),
                espeak,
                needsPhonemes,
                VoiceSpeakers.Read(config));
        }

        /// <returns>Null for a voice of letters.</returns>
        /// <exception cref="VoiceException">espeak-ng is not there, or has no such voice.</exception>
        public EspeakPhonemizer? CreatePhonemizer() => !NeedsPhonemes ? null
            : Espeak is not null ? EspeakPhonemizer.For(Espeak)
            : EspeakPhonemizer.ForLanguage(Language);

        private static bool ReadsPhonemes(VoiceSettings config)
        {
            const string EnumName = "PhonemeType.";
            var type = (config.Words("phoneme_type") ?? "espeak").Trim();
            type = (type.StartsWith(EnumName, StringComparison.OrdinalIgnoreCase) ? type[EnumName.Length..] : type).ToLowerInvariant();
            return type == "espeak" || (type == "text" ? false
                : throw new VoiceException($"Its phonemes are of the type {type}; this service knows espeak and text."));
        }

        /// <param name="espeak">espeak-ng's voice; a voice of letters may state one that plays no part.</param>
        private static string ReadLanguage(VoiceSettings config, string? espeak, string directory, string modelPath) =>
            config.Words("lang_code") ?? config.Object("language").Words("code")
            ?? (espeak is not null ? LanguageOf(espeak) : null)
            ?? VoiceNames.Language(Path.GetFileName(directory)) ?? VoiceNames.Language(Path.GetFileName(modelPath))
            ?? throw new VoiceException("Nothing in its configuration says what it speaks. Put the language into language.code, such as fi_FI.");

        /// <summary>Of a name of espeak-ng's, such as <c>gmw/en-US+f3</c>.</summary>
        public static string LanguageOf(string espeak) => espeak.Split('/')[^1].Split('+')[0];

        private static int ReadSampleRate(VoiceSettings audio)
        {
            // Published by mistake in place of 22050.
            const int Mistaken = 22500, Meant = 22050;
            var rate = audio.SampleRate("sample_rate") ?? throw new VoiceException("Its configuration has no audio.sample_rate.");
            return rate == Mistaken ? Meant : rate;
        }

        private static float? Scale(VoiceSettings inference, string name) => inference.Number(name) switch
        {
            null => null,
            >= 0 and <= 10 and var scale => (float)scale,
            _ => throw new VoiceException($"{name} in its configuration is not from 0 to 10."),
        };
    }
}
