using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Dictation.Application.Abstractions;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Kokoro;

/// <summary>A speaker's language.</summary>
/// <param name="Language">Primary code.</param>
/// <param name="Region">Upper case; null where the letter names none.</param>
/// <param name="Espeak">espeak-ng's name of its voice.</param>
internal sealed record KokoroLanguage(string Language, string? Region, string Espeak);

/// <summary>
/// The speakers of a Kokoro model: a table of style vectors each, a row per number of ids. Speakers can be blended: <c>af_heart(2)+bf_emma(1)</c>.
/// Thread-safe.
/// </summary>
internal sealed partial class KokoroSpeakers
{
    /// <summary>Numbers in a style vector.</summary>
    public const int Width = 256;

    /// <summary>The most speakers in a blend.</summary>
    public const int MostBlended = 8;

    private const int MostKeptBlends = 32;

    private static readonly Dictionary<char, KokoroLanguage> ByLetter = new()
    {
        ['a'] = new("en", "US", "en-us"),
        ['b'] = new("en", "GB", "en"),
        ['e'] = new("es", null, "es"),
        ['f'] = new("fr", "FR", "fr-fr"),
        ['h'] = new("hi", "IN", "hi"),
        ['i'] = new("it", "IT", "it"),
        ['p'] = new("pt", "BR", "pt-br"),
    };

    private readonly Dictionary<string, Func<float[]>> _tables;
    private readonly ConcurrentDictionary<string, float[]> _read = new(StringComparer.Ordinal);

    /// <param name="tables">By speaker's name: reads the table of its rows, one behind the other.</param>
    /// <exception cref="VoiceException">No speaker speaks a language that this service reads.</exception>
    public KokoroSpeakers(IReadOnlyDictionary<string, Func<float[]>> tables)
    {
        _tables = tables.Where(t => LanguageOf(t.Key) is not null).ToDictionary(t => t.Key, t => t.Value, StringComparer.Ordinal);
        Refused = [.. tables.Keys.Except(_tables.Keys).Order(StringComparer.Ordinal)];
        Names = [.. _tables.Keys.OrderBy(name => name == "af_heart" ? "" : name, StringComparer.Ordinal)];
        if (Names.Count == 0)
        {
            throw new VoiceException("It has no speaker of a language that this service reads for Kokoro. " + WhyRefused);
        }
    }

    /// <summary>Those that can be asked for, the first one first.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Those whose language needs what this service has not.</summary>
    public IReadOnlyList<string> Refused { get; }

    /// <summary>Why there are speakers that cannot be asked for.</summary>
    public static string WhyRefused => "Japanese (j…) and Mandarin (z…) need readings of their characters, which this service does not have.";

    /// <summary>Each speaker with its language.</summary>
    public IReadOnlyList<SpeakerDetail> Details => [.. Names.Select(name => new SpeakerDetail(name, LanguageOf(name)!.Language, LanguageOf(name)!.Region))];

    /// <summary>The language of a speaker, or of a blend's first, by the letter that its name begins with; null where this service does not read it.</summary>
    public static KokoroLanguage? LanguageOf(string speaker) => speaker.Length > 2 && speaker[2] == '_' ? ByLetter.GetValueOrDefault(speaker[0]) : null;

    /// <summary>The one spelling of a speaker or blend that a request asks for; null where it names one that is not there.</summary>
    /// <param name="asked">A name, or several: <c>a+b</c>, <c>a(2)+b(1)</c>.</param>
    public string? Find(string asked)
    {
        var parts = Parse(asked);
        if (parts is null)
        {
            return null;
        }

        var weights = parts.GroupBy(p => p.Name).Select(g => (Name: g.Key, Weight: g.Sum(p => p.Weight))).Where(p => p.Weight > 0).ToList();
        var total = weights.Sum(w => w.Weight);
        return weights.Count switch
        {
            0 => null,
            1 => weights[0].Name,
            _ => string.Join('+', weights.Select(w => string.Create(CultureInfo.InvariantCulture, $"{w.Name}({Math.Round(w.Weight / total, 4):0.####})"))),
        };
    }

    /// <summary>The style vector of a speaker or blend for a number of ids, the pads not counted.</summary>
    /// <param name="speaker">As <see cref="Find"/> spells it.</param>
    /// <param name="ids">Beyond the table's end its last row counts.</param>
    public float[] Style(string speaker, int ids)
    {
        var table = Table(speaker);
        var row = Math.Min(ids, (table.Length / Width) - 1);
        return table[(row * Width)..((row + 1) * Width)];
    }

    private float[] Table(string speaker)
    {
        if (_read.TryGetValue(speaker, out var kept))
        {
            return kept;
        }

        var parts = Parse(speaker)!;
        var table = parts.Count == 1 ? _tables[parts[0].Name]() : Blend(parts);
        if (_read.Count < _tables.Count + MostKeptBlends)
        {
            _read.TryAdd(speaker, table);
        }

        return table;
    }

    private float[] Blend(List<(string Name, double Weight)> parts)
    {
        var tables = parts.ConvertAll(p => Table(p.Name));
        var total = parts.Sum(p => p.Weight);
        var blend = new float[tables.Min(t => t.Length)];
        for (var i = 0; i < blend.Length; i++)
        {
            var sum = 0.0;
            for (var p = 0; p < parts.Count; p++)
            {
                sum += tables[p][i] * (parts[p].Weight / total);
            }

            blend[i] = (float)sum;
        }

        return blend;
    }

    private List<(string Name, double Weight)>? Parse(string asked)
    {
        var parts = new List<(string, double)>();
        foreach (var part in asked.Split('+'))
        {
            var match = Part().Match(part.Trim());
            if (!match.Success || !_tables.ContainsKey(match.Groups[1].Value) || parts.Count == MostBlended)
            {
                return null;
            }

            parts.Add((match.Groups[1].Value, match.Groups[2].Success ? double.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture) : 1));
        }

        return parts;
    }

    [GeneratedRegex(@"^([\p{L}\p{Nd}_.-]{1,64})(?:\(([0-9]{1,4}(?:\.[0-9]{1,6})?)\))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
