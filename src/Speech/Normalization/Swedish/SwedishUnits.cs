using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.Swedish;

/// <param name="One">In the singular.</param>
/// <param name="Many">In the plural.</param>
/// <param name="Common">Whether it is of common gender.</param>
internal sealed record SwedishUnit(string One, string Many, bool Common);

/// <summary>Units by their signs, and large numbers' short forms.</summary>
internal static class SwedishUnits
{
    private const int LongestSign = 6, LongestMagnitude = 9;

    private static readonly FrozenDictionary<string, SwedishUnit>.AlternateLookup<ReadOnlySpan<char>> Signs = Units().ToFrozenDictionary(StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Magnitudes = WordTable.Table(
        """
        tusen=tusen; miljon=miljon; miljoner=miljoner; miljard=miljard; miljarder=miljarder; biljon=biljon; biljoner=biljoner
        mn=miljoner; mnkr=miljoner kronor; milj=miljoner; md=miljarder; mdr=miljarder; mdkr=miljarder kronor; tkr=tusen kronor
        """);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Rates = WordTable.Table(
        """
        h=i timmen; tim=i timmen; s=i sekunden; min=i minuten; dag=om dagen; dygn=per dygn; mån=i månaden; år=om året; kg=per kilogram
        m²=per kvadratmeter; m2=per kvadratmeter; l=per liter; st=per styck; person=per person; km=per kilometer
        """);

    /// <summary>The unit that stands at <paramref name="at"/>; null where none does.</summary>
    public static SwedishUnit? Read(string text, int at, out int end)
    {
        end = at;
        if (at >= text.Length || text[at] is ' ' or '.' or ',' or '\n')
        {
            return null;
        }

        for (var length = Math.Min(LongestSign, text.Length - at); length > 0; length--)
        {
            if (Signs.TryGetValue(text.AsSpan(at, length), out var unit) && !(char.IsLetter(text[at + length - 1])
                && SpokenPunctuation.IsWordCharacter(text, at + length)))
            {
                end = at + length;
                var rate = Rate(text, end, out var behind);
                end = behind;
                return rate.Length > 0 ? new SwedishUnit($"{unit.One} {rate}", $"{unit.Many} {rate}", unit.Common) : unit;
            }
        }

        return null;
    }

    /// <summary>"miljoner" of <c>mn</c> at <paramref name="at"/>, a space before it allowed; empty where none stands.</summary>
    public static string Magnitude(string text, int at, out int end)
    {
        var start = at < text.Length && text[at] == ' ' ? at + 1 : at;
        end = start;
        while (end < text.Length && end - start <= LongestMagnitude && char.IsAsciiLetterLower(text[end]))
        {
            end++;
        }

        return !SpokenPunctuation.IsWordCharacter(text, end) && Magnitudes.TryGetValue(text.AsSpan(start, end - start), out var name) ? name : "";
    }

    /// <summary>"i timmen" of <c>/h</c>; empty where none stands at <paramref name="at"/>.</summary>
    public static string Rate(string text, int at, out int end)
    {
        end = at;
        if (at + 1 >= text.Length || text[at] != '/')
        {
            return "";
        }

        var stop = at + 1;
        while (stop < text.Length && stop - at <= LongestSign && (char.IsLetter(text[stop]) || text[stop] is '²' or '2'))
        {
            stop++;
        }

        if (!Rates.TryGetValue(text.AsSpan(at + 1, stop - at - 1), out var rate))
        {
            return "";
        }

        end = stop;
        return rate;
    }

    private static Dictionary<string, SwedishUnit> Units()
    {
        var units = new Dictionary<string, SwedishUnit>(StringComparer.Ordinal);
        Add("mm millimeter,cm centimeter,dm decimeter,m meter,km kilometer,mil mil,l liter,dl deciliter,cl centiliter,ml milliliter,% procent,‰ promille,W watt,kW kilowatt,MW megawatt,V volt,A ampere,Hz hertz,kHz kilohertz,MHz megahertz,GHz gigahertz,st styck/stycken,min minut/minuter,tim timme/timmar,h timme/timmar,s sekund/sekunder,sek sekund/sekunder,ms millisekund/millisekunder,kWh kilowattimme/kilowattimmar,MWh megawattimme/megawattimmar,°C grad Celsius/grader Celsius,° C grad Celsius/grader Celsius,°F grad Fahrenheit/grader Fahrenheit,° grad/grader,mån månad/månader,m² kvadratmeter,m2 kvadratmeter,kvm kvadratmeter,km² kvadratkilometer,cm² kvadratcentimeter,m³ kubikmeter,m3 kubikmeter,kr krona/kronor,kr. krona/kronor,kB kilobyte,MB megabyte,GB gigabyte,TB terabyte", common: true);
        Add("mg milligram,g gram,hg hekto,kg kilogram,t ton,ha hektar,dygn dygn,dB decibel,hp hästkraft/hästkrafter,Pa pascal,hPa hektopascal,kcal kilokalori/kilokalorier,kJ kilojoule", common: false);
        return units;

        void Add(string entries, bool common)
        {
            foreach (var entry in entries.Split(','))
            {
                var space = entry.IndexOf(' ', entry.StartsWith("° ", StringComparison.Ordinal) && entry[2] is 'C' ? 2 : 0);
                var names = entry[(space + 1)..].Split('/');
                units[entry[..space]] = new SwedishUnit(names[0], names[^1], common);
            }
        }
    }
}
