using System.Text.Json;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>The JSON object that a voice's file holds, or that a member of it is. A file that is not there has no settings.</summary>
internal sealed class VoiceSettings
{
    private const int MaxBytes = 64 << 20;

    private readonly string _file;
    private readonly Dictionary<string, JsonElement> _values;

    private VoiceSettings(string file, Dictionary<string, JsonElement> values) => (_file, _values) = (file, values);

    /// <summary>Its members' names.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <exception cref="VoiceException">The file is not a JSON object.</exception>
    public static VoiceSettings Read(string path)
    {
        var file = Path.GetFileName(path);
        if (!File.Exists(path))
        {
            return new VoiceSettings(file, []);
        }

        try
        {
            return new VoiceSettings(file, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(VoiceFiles.ReadJson(path, MaxBytes).Span) ?? []);
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

    /// <summary>A sample rate in hertz.</summary>
    public int? SampleRate(string name) => Number(name) is not { } rate ? null
        : rate is >= 8000 and <= 48000 && rate == Math.Floor(rate) ? (int)rate : throw Wrong(name, "a whole number from 8000 to 48000");

    public string? Words(string name) => Find(name) is not { } value ? null
        : value.ValueKind != JsonValueKind.String ? throw Wrong(name, "a string")
        : string.IsNullOrWhiteSpace(value.GetString()) ? null : value.GetString();

    /// <summary>A token: a string, or an object whose content is one.</summary>
    public string? Token(string name) => Find(name) is { ValueKind: JsonValueKind.Object } ? Object(name).Words("content") : Words(name);

    /// <summary>The object under that name; an empty one where there is none.</summary>
    public VoiceSettings Object(string name) => Find(name) is not { } value ? new VoiceSettings(_file, [])
        : value.ValueKind == JsonValueKind.Object
            ? new VoiceSettings(_file, value.EnumerateObject().GroupBy(p => p.Name).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal))
            : throw Wrong(name, "an object");

    /// <summary>Every member, which must be an id.</summary>
    public Dictionary<string, long> Ids() => _values.Count == 0
        ? throw new VoiceException($"{_file} is empty.")
        : _values.Keys.ToDictionary(name => name, name => Id(name, _values[name]), StringComparer.Ordinal);

    /// <summary>Every member, which must be a list of ids.</summary>
    public Dictionary<string, long[]> IdLists() => Lists((name, value) => Id(name, value));

    /// <summary>Every member, which must be a list of strings.</summary>
    public Dictionary<string, string[]> WordLists() => Lists(
        (name, value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, "a list of strings"));

    private Dictionary<string, T[]> Lists<T>(Func<string, JsonElement, T> read) => _values.ToDictionary(
        pair => pair.Key,
        pair => pair.Value.ValueKind == JsonValueKind.Array ? pair.Value.EnumerateArray().Select(v => read(pair.Key, v)).ToArray() : throw Wrong(pair.Key, "a list"),
        StringComparer.Ordinal);

    private long Id(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var id) && id >= 0 ? id : throw Wrong(name, "an id");

    private JsonElement? Find(string name) =>
        _values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private VoiceException Wrong(string name, string expected) => new($"\"{name}\" in {_file} is not {expected}.");
}
