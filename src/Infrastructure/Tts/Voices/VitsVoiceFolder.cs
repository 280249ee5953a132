using System.Security.Cryptography;
using System.Text.Json;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts.Text;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>
/// A voice folder in the layout of Hugging Face VITS, as MMS-TTS exports it: a model, <c>vocab.json</c> and, where they are there,
/// <c>tokenizer_config.json</c> and <c>config.json</c>, whose absent settings take that library's defaults.
/// </summary>
/// <param name="Voice">What the catalogue says of it.</param>
/// <param name="ModelPath">The model file.</param>
/// <param name="Tokenizer">Made of the folder's vocabulary.</param>
/// <param name="MaxCharacters">The longest text that the model takes in one run, or null where it states no limit.</param>
public sealed record VitsVoiceFolder(Voice Voice, string ModelPath, VitsTokenizer Tokenizer, int? MaxCharacters)
{
    private const int DefaultSampleRate = 16000;

    /// <summary>Whether a folder means to be a voice at all.</summary>
    public static bool Matches(string directory) => File.Exists(Path.Combine(directory, "vocab.json")) || Models(directory).Length > 0;

    /// <summary>Reads the folder and hashes its model, but does not load it.</summary>
    /// <exception cref="VoiceException">The folder is broken, or needs what this service does not do. The message says what.</exception>
    public static VitsVoiceFolder Read(string directory)
    {
        try
        {
            return Parse(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException("One of its files cannot be read.", e);
        }
    }

    private static VitsVoiceFolder Parse(string directory)
    {
        var name = Path.GetFileName(directory);
        var modelPath = Models(directory) switch
        {
            [] => throw new VoiceException("There is no model.onnx."),
            [string only] => only,
            string[] several => several.FirstOrDefault(path => Path.GetFileName(path) == "model.onnx")
                ?? throw new VoiceException("There are several models and none is called model.onnx."),
        };

        var vocabPath = Path.Combine(directory, "vocab.json");
        if (!File.Exists(vocabPath))
        {
            throw new VoiceException("There is no vocab.json.");
        }

        Settings vocab = Settings.Read(vocabPath), tokenizer = Settings.Read(Path.Combine(directory, "tokenizer_config.json")),
            config = Settings.Read(Path.Combine(directory, "config.json"));

        if (tokenizer.Flag("is_uroman") ?? false)
        {
            throw new VoiceException("Its text must be romanised with uroman, which this service does not do.");
        }

        if (tokenizer.Flag("phonemize") ?? false)
        {
            throw new VoiceException("Its text must be turned into phonemes, which this service does not do for this layout.");
        }

        var sampleRate = config.Number("sampling_rate") ?? config.Number("sample_rate") ?? DefaultSampleRate;
        if (sampleRate is < 8000 or > 48000 || sampleRate != Math.Floor(sampleRate))
        {
            throw new VoiceException("The sampling rate in config.json is not a whole number from 8000 to 48000.");
        }

        var addBlank = tokenizer.Flag("add_blank") ?? true;
        var language = tokenizer.Words("language") ?? config.Words("language") ?? LanguageInName(name)
            ?? throw new VoiceException("No language is stated in tokenizer_config.json or config.json, nor does the folder's name tell it.");

        var voice = new Voice(
            name,
            LanguageCode.Primary(language),
            (int)sampleRate,
            Hash(modelPath),
            config.Words("license") ?? config.Words("licence"),
            config.Words("source") ?? config.Words("_name_or_path"));
        return new VitsVoiceFolder(
            voice,
            modelPath,
            new VitsTokenizer(vocab.Ids(), tokenizer.Flag("normalize") ?? true, addBlank),
            MaxCharactersOf(tokenizer.Number("model_max_length"), config.Number("max_input_ids"), addBlank));
    }

    private static string[] Models(string directory) =>
        [.. new[] { directory, Path.Combine(directory, "onnx") }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.onnx"))
            .Order(StringComparer.Ordinal)];

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

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>A flat JSON object. A file that is not there has no settings.</summary>
    private sealed class Settings(string file, Dictionary<string, JsonElement> values)
    {
        public static Settings Read(string path)
        {
            var file = Path.GetFileName(path);
            if (!File.Exists(path))
            {
                return new Settings(file, []);
            }

            try
            {
                using var stream = File.OpenRead(path);
                return new Settings(file, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(stream) ?? []);
            }
            catch (JsonException e)
            {
                throw new VoiceException($"{file} is not a JSON object.", e);
            }
        }

        public bool? Flag(string name) => Find(name) is not { } value ? null : value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(name, "true or false"),
        };

        public double? Number(string name) => Find(name) is not { } value ? null
            : value.ValueKind == JsonValueKind.Number ? value.GetDouble() : throw Wrong(name, "a number");

        public string? Words(string name) => Find(name) is not { } value ? null
            : value.ValueKind != JsonValueKind.String ? throw Wrong(name, "a string")
            : string.IsNullOrWhiteSpace(value.GetString()) ? null : value.GetString();

        public Dictionary<string, long> Ids()
        {
            if (values.Count == 0)
            {
                throw new VoiceException($"{file} is empty.");
            }

            return values.ToDictionary(
                pair => pair.Key,
                pair => pair.Value.ValueKind == JsonValueKind.Number && pair.Value.TryGetInt64(out var id) && id >= 0
                    ? id
                    : throw Wrong(pair.Key, "an id"));
        }

        private JsonElement? Find(string name) =>
            values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

        private VoiceException Wrong(string name, string expected) => new($"\"{name}\" in {file} is not {expected}.");
    }
}
