using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Speech;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>
/// What the tokenizer's files of a Hugging Face folder say: vocab.json, or tokenizer.json where that is all there is, and tokenizer_config.json and its
/// companions where they are there.
/// </summary>
/// <param name="Characters">Turns text into ids.</param>
/// <param name="Language">As the files or the folder's name tell it.</param>
/// <param name="MaxCharacters">The longest text that the model takes in one run, or null where no limit is stated.</param>
internal sealed record HuggingFaceTokenizer(SpokenCharacters Characters, string Language, int? MaxCharacters)
{
    public const string Vocabulary = "vocab.json", Config = "tokenizer_config.json", SpecialTokens = "special_tokens_map.json",
        AddedTokens = "added_tokens.json", Whole = "tokenizer.json";

    /// <summary>The files of settings that are in a folder: a voice is another one where they are others.</summary>
    public static IEnumerable<string> Files(string directory) => new[] { VitsConfig.FileName, Vocabulary, Config, SpecialTokens, AddedTokens, Whole }
        .Select(name => VoiceFiles.Find(directory, name))
        .OfType<string>();

    public VoiceTokens Tokenize(string segment) => VoiceTokens.From(Characters.Tokenize(segment));

    /// <summary>Reads the files.</summary>
    /// <param name="directory">The voice's folder.</param>
    /// <param name="config">Its config.json.</param>
    /// <param name="rows">How many ids the network knows; null where that is not known.</param>
    /// <exception cref="VoiceException">They are broken, or ask for what this service does not do.</exception>
    public static HuggingFaceTokenizer Read(string directory, VoiceSettings config, long? rows)
    {
        var (vocab, blank) = ReadVocabulary(directory);
        VoiceSettings tokenizer = VoiceSettings.Read(Path.Combine(directory, Config)),
            special = VoiceSettings.Read(Path.Combine(directory, SpecialTokens)), added = VoiceSettings.Read(Path.Combine(directory, AddedTokens));
        if (tokenizer.Flag("is_uroman") ?? false)
        {
            throw new VoiceException("Its text must be romanised with uroman, which this service does not do.");
        }

        if (tokenizer.Flag("phonemize") ?? false)
        {
            throw new VoiceException("Its text must be turned into phonemes, which this service does not do for this layout.");
        }

        var stated = tokenizer.Words("language") ?? config.Words("language");
        var language = stated ?? LanguageInName(Path.GetFileName(directory))
            ?? throw new VoiceException("No language is stated in tokenizer_config.json or config.json, nor does the folder's name tell it.");
        var defaults = new VitsTokenizerSettings();
        var settings = new VitsTokenizerSettings
        {
            Normalize = tokenizer.Flag("normalize") ?? true,
            AddBlank = blank is null ? tokenizer.Flag("add_blank") ?? true : blank.Length > 0,
            Blank = blank is { Length: > 0 } ? vocab[blank] : 0,
            Language = stated,
            UnknownToken = tokenizer.Token("unk_token") ?? special.Token("unk_token") ?? defaults.UnknownToken,
            PaddingToken = blank is { Length: > 0 } ? blank : tokenizer.Token("pad_token") ?? special.Token("pad_token") ?? defaults.PaddingToken,
            AddedTokens = Added(tokenizer.Object("added_tokens_decoder"), added),
            EmbeddingRows = rows,
        };
        return new HuggingFaceTokenizer(
            new SpokenCharacters(vocab, settings), language, MaxCharactersOf(tokenizer.Number("model_max_length"), config.Number("max_input_ids"), settings.AddBlank));
    }

    /// <returns>The ids; and the letter that is put between all others, where tokenizer.json tells it, empty for none.</returns>
    private static (Dictionary<string, long> Ids, string? Blank) ReadVocabulary(string directory)
    {
        string vocabulary = Path.Combine(directory, Vocabulary), whole = Path.Combine(directory, Whole);
        if (File.Exists(vocabulary))
        {
            return (VoiceSettings.Read(vocabulary).Ids(), null);
        }

        if (!File.Exists(whole))
        {
            throw new VoiceException("There is no vocab.json, and no configuration beside the model as Piper's voices have it.");
        }

        var tokenizer = VoiceSettings.Read(whole);
        var ids = tokenizer.Object("model").Object("vocab").Ids();
        var normalizer = tokenizer.Object("normalizer");
        var blank = normalizer.Objects("normalizers").Append(normalizer).LastOrDefault(n => n.Is("type", "Replace"))?.Words("content") ?? "";
        return blank.Length == 0 || ids.ContainsKey(blank)
            ? (ids, blank)
            : throw new VoiceException($"{Whole} has no id for the letter that it puts between all others.");
    }

    private static Dictionary<string, long> Added(VoiceSettings decoder, VoiceSettings added)
    {
        var tokens = added.Names.Any() ? added.Ids() : [];
        foreach (var name in decoder.Names)
        {
            if (long.TryParse(name, System.Globalization.NumberStyles.None, null, out var id) && decoder.Token(name) is { } token)
            {
                tokens[token] = id;
            }
        }

        return tokens;
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
