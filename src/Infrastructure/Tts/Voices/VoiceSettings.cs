using System.Globalization;
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
            using var document = JsonDocument.Parse(VoiceFiles.ReadJson(path, MaxBytes));
            return new VoiceSettings(file, document.RootElement.ValueKind == JsonValueKind.Object
                ? Members(file, document.RootElement.Clone())
                : throw new VoiceException($"{file} is not a JSON object."));
        }
        catch (JsonException e)
        {
            throw new VoiceException($"{file} is not a JSON object.", e);
        }
    }

    /// <summary>Whether there is a member of that name.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>Whether a member is that string.</summary>
    public bool Is(string name, string words) => Find(name) is { ValueKind: JsonValueKind.String } value && value.ValueEquals(words);

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
        : String(value) is var words && string.IsNullOrWhiteSpace(words) ? null : words;

    /// <summary>A token: a string, or an object whose content is one.</summary>
    public string? Token(string name) => Find(name) is { ValueKind: JsonValueKind.Object } ? Object(name).Words("content") : Words(name);

    /// <summary>The object under that name; an empty one where there is none.</summary>
    public VoiceSettings Object(string name) => Find(name) is not { } value ? new VoiceSettings(_file, [])
        : value.ValueKind == JsonValueKind.Object ? new VoiceSettings(_file, Members(_file, value))
        : throw Wrong(name, "an object");

    /// <summary>The list of objects under that name; empty where there is none.</summary>
    public IReadOnlyList<VoiceSettings> Objects(string name) => Find(name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Object)
            ? [.. value.EnumerateArray().Select(v => new VoiceSettings(_file, Members(_file, v)))]
            : throw Wrong(name, "a list of objects");

    /// <summary>Every member, which must be an id.</summary>
    public Dictionary<string, long> Ids() => _values.Count == 0
        ? throw new VoiceException($"{_file} is empty.")
        : _values.Keys.ToDictionary(name => name, name => Id(name, _values[name]), StringComparer.Ordinal);

    /// <summary>Every member, which must be an id or a list of ids, as numbers or as strings of digits.</summary>
    public Dictionary<string, long[]> IdLists() => _values.ToDictionary(
        pair => pair.Key,
        pair => pair.Value.ValueKind == JsonValueKind.Array ? pair.Value.EnumerateArray().Select(v => Id(pair.Key, v)).ToArray() : [Id(pair.Key, pair.Value)],
        StringComparer.Ordinal);

    /// <summary>Every member, which must be a string or a list of strings.</summary>
    public Dictionary<string, string[]> WordLists() => _values.ToDictionary(pair => pair.Key, pair => Strings(pair.Key, pair.Value), StringComparer.Ordinal);

    /// <summary>The list of strings under that name, each of which may be a list of its parts; empty where there is none.</summary>
    public IReadOnlyList<string> JoinedStrings(string name) => Find(name) is not { } value ? []
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(v => string.Concat(Strings(name, v)))]
        : value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any() ? []
        : throw Wrong(name, "a list");

    private string[] Strings(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? [String(value)]
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) ? [.. value.EnumerateArray().Select(String)]
        : throw Wrong(name, "a list of strings");

    private string String(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw NotUnicode(_file, e);
        }
    }

    private static Dictionary<string, JsonElement> Members(string file, JsonElement value)
    {
        try
        {
            var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var member in value.EnumerateObject())
            {
                members[member.Name] = member.Value;
            }

            return members;
        }
        catch (InvalidOperationException e)
        {
            throw NotUnicode(file, e);
        }
    }

    private long Id(string name, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out var id) && id >= 0 => id,
            JsonValueKind.String when long.TryParse(String(value), NumberStyles.None, CultureInfo.InvariantCulture, out var id) => id,
            _ => throw Wrong(name, "an id"),
        };

    private JsonElement? Find(string name) =>
        _values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private VoiceException Wrong(string name, string expected) => new($"\"{name}\" in {_file} is not {expected}.");

    /// <summary>JSON can escape half of a surrogate pair, which no string can hold.</summary>
    private static VoiceException NotUnicode(string file, Exception cause) => new($"{file} holds half of a surrogate pair, which is no text.", cause);
}
