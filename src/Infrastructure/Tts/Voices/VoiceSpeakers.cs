using System.Globalization;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>The speakers of a model, each under one name. A speaker without a name is called by its number, unless numbers are names in this voice.</summary>
internal sealed class VoiceSpeakers
{
    /// <summary>The most speakers that a model may state.</summary>
    public const int Most = 10_000;

    private readonly Dictionary<string, long> _ids;
    private readonly Dictionary<long, string> _names = [];
    private readonly bool _numbersAreNames;

    private VoiceSpeakers(Dictionary<string, long> ids, long count, long first)
    {
        _ids = ids;
        _numbersAreNames = ids.Keys.Any(IsNumber);
        foreach (var (name, id) in ids)
        {
            _names.TryAdd(id, name);
        }

        for (var id = 0L; id < count && !_numbersAreNames; id++)
        {
            _names.TryAdd(id, id.ToString(CultureInfo.InvariantCulture));
        }

        First = first;
    }

    /// <summary>The speaker of a request that names none.</summary>
    public long First { get; }

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyList<string> Names => [.. _names.OrderBy(n => n.Key).Select(n => n.Value)];

    /// <summary>Speakers that have numbers alone; null for one or none.</summary>
    public static VoiceSpeakers? Numbered(int count) => count > 1 ? new VoiceSpeakers([], count, 0) : null;

    /// <summary>The speakers of a voice of Piper's.</summary>
    /// <param name="config">The voice's configuration.</param>
    /// <returns>Null where it states no speakers.</returns>
    /// <exception cref="VoiceException">It contradicts itself.</exception>
    public static VoiceSpeakers? Read(VoiceSettings config)
    {
        var map = config.Object("speaker_id_map");
        var ids = map.Names.Any() ? map.Ids() : [];
        var stated = config.Number("num_speakers");
        var count = stated ?? (ids.Count > 0 ? ids.Values.Max() + 1 : 0);
        if (count is not (>= 0 and <= Most) || count != Math.Floor(count))
        {
            throw new VoiceException($"num_speakers in its configuration is not a whole number from 0 to {Most}.");
        }

        count = Math.Max(1, count);
        if (ids.FirstOrDefault(i => i.Value >= count) is { Key: not null } beyond)
        {
            throw new VoiceException($"speaker_id_map in its configuration names a speaker {beyond.Value}, but num_speakers is {count}.");
        }

        if (ids.Keys.FirstOrDefault(name => string.IsNullOrWhiteSpace(name)) is not null)
        {
            throw new VoiceException("speaker_id_map in its configuration has a speaker whose name is empty.");
        }

        var first = config.Number("default_speaker_id") ?? (ids.Count > 0 ? ids.Values.Min() : 0);
        if (!(first >= 0 && first < count) || first != Math.Floor(first))
        {
            throw new VoiceException($"default_speaker_id in its configuration is no number of a speaker: num_speakers is {count}.");
        }

        return count > 1 ? new VoiceSpeakers(Composed(ids), (long)count, (long)first) : null;
    }

    /// <summary>The speaker that a request asks for, by name or, where no name is a number, by number; null where there is none.</summary>
    public (string Name, long Id)? Find(string asked)
    {
        if (_ids.TryGetValue(VoiceNames.Compose(asked), out var named))
        {
            return (_names[named], named);
        }

        return !_numbersAreNames && long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && _names.TryGetValue(id, out var name)
            ? (name, id)
            : null;
    }

    private static bool IsNumber(string name) => name.All(char.IsAsciiDigit);

    private static Dictionary<string, long> Composed(Dictionary<string, long> ids)
    {
        var composed = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, id) in ids)
        {
            composed.TryAdd(VoiceNames.Compose(name), id);
        }

        return composed;
    }
}
