using System.Collections.Frozen;
using System.Text.Json;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Kokoro;

/// <summary>The ids of phonemes: the folder's, the graph's, or the published ones, which this service carries.</summary>
internal static class KokoroVocabulary
{
    private const string GraphKey = "kokoro_config", Vocabulary = "vocab", Tokens = "tokens.txt";
    private const int MaxBytes = 1 << 20;

    private static readonly Lazy<FrozenDictionary<string, long>> Published = new(() =>
    {
        using var file = typeof(KokoroVocabulary).Assembly.GetManifestResourceStream("kokoro-vocab.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, long>>(file)!.ToFrozenDictionary();
    });

    /// <summary>The files of a folder that hold its vocabulary.</summary>
    public static IEnumerable<string> Files(string directory) =>
        new[] { HuggingFaceTokenizer.Whole, VitsConfig.FileName, Tokens }.Select(name => Path.Combine(directory, name)).Where(File.Exists);

    /// <exception cref="VoiceException">What should hold it is broken.</exception>
    public static FrozenDictionary<string, long> Read(string directory, VoiceModelFile model)
    {
        if (VoiceSettings.Read(Path.Combine(directory, HuggingFaceTokenizer.Whole)).Object("model").Object(Vocabulary) is { } whole && whole.Names.Any())
        {
            return Checked(whole.Ids());
        }

        if (VoiceSettings.Read(Path.Combine(directory, VitsConfig.FileName)).Object(Vocabulary) is { } config && config.Names.Any())
        {
            return Checked(config.Ids());
        }

        if (model.Content.Metadata.TryGetValue(GraphKey, out var json))
        {
            return Checked(FromGraph(json));
        }

        var tokens = Path.Combine(directory, Tokens);
        return File.Exists(tokens) ? Checked(FromTokens(tokens)) : Published.Value;
    }

    private static Dictionary<string, long> FromGraph(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.GetProperty(Vocabulary).Deserialize<Dictionary<string, long>>()!;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new VoiceException($"{GraphKey} in its model holds no {Vocabulary}.", e);
        }
    }

    // "ə 83" a line; the phoneme may itself be a blank.
    private static Dictionary<string, long> FromTokens(string path)
    {
        if (new FileInfo(path).Length > MaxBytes)
        {
            throw new VoiceException($"{Tokens} is larger than a vocabulary.");
        }

        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(path).Where(l => l.Length > 0))
        {
            var space = line.LastIndexOf(' ');
            if (space < 1 || !long.TryParse(line.AsSpan(space + 1), out var id))
            {
                throw new VoiceException($"A line of {Tokens} is not a phoneme and its id.");
            }

            ids[line[..space]] = id;
        }

        return ids;
    }

    private static FrozenDictionary<string, long> Checked(Dictionary<string, long> ids) =>
        ids.Values.All(id => id is >= 0 and < 100_000) && ids.Count > 1
            ? ids.Where(pair => pair.Value > 0).ToFrozenDictionary(pair => pair.Key, pair => pair.Value)
            : throw new VoiceException("Its vocabulary has an id that is none, or has no phonemes.");
}
