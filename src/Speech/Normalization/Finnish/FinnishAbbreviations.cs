using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>How an abbreviation sits in its sentence.</summary>
[Flags]
internal enum AbbreviationTraits
{
    /// <summary>Its full stop may also be the sentence's: <c>ym.</c></summary>
    None = 0,

    /// <summary>The word that it belongs to follows, so its full stop ends a sentence only at the end of a line: <c>prof. Virtanen</c>.</summary>
    Leads = 1,

    /// <summary>Read only with its full stop, as it is otherwise a word or another abbreviation: <c>em.</c></summary>
    NeedsStop = 2,

    /// <summary>Read only right before a number: <c>s. 5</c>.</summary>
    BeforeNumber = 4,

    /// <summary>Read before a lower-case word too: <c>n. viisi</c>.</summary>
    BeforeWord = 32,

    /// <summary>A time of day follows.</summary>
    Clock = 8,

    /// <summary>A telephone number follows.</summary>
    Phone = 16,
}

/// <summary>An abbreviation written out.</summary>
internal sealed record Abbreviation(string Words, AbbreviationTraits Traits);

/// <summary>Everyday Finnish abbreviations.</summary>
internal static class FinnishAbbreviations
{
    private const AbbreviationTraits Leads = AbbreviationTraits.Leads;
    private const AbbreviationTraits Stop = AbbreviationTraits.NeedsStop;
    private const AbbreviationTraits Number = AbbreviationTraits.BeforeNumber;

    // Longer spellings hold inner full stops; none is longer than this many UTF-16 units.
    private const int LongestSpelling = 12;

    private static readonly Abbreviation Born = new("syntynyt", Leads | Stop | Number);

    private static readonly FrozenDictionary<string, Abbreviation> BySpelling = new Dictionary<string, Abbreviation>
    {
        ["esim"] = new("esimerkiksi", Leads),
        ["ym"] = new("ynnä muuta", default),
        ["yms"] = new("ynnä muuta sellaista", default),
        ["jne"] = new("ja niin edelleen", default),
        ["mm"] = new("muun muassa", Leads | Stop),
        ["ts"] = new("toisin sanoen", Leads | Stop),
        ["tms"] = new("tai muuta sellaista", default),
        ["tmv"] = new("tai muuta vastaavaa", default),
        ["n"] = new("noin", Leads | Stop | Number | AbbreviationTraits.BeforeWord),
        ["s"] = new("sivu", Leads | Stop | Number),
        ["k"] = new("kuollut", Leads | Stop | Number),
        ["v"] = new("vuonna", Leads | Stop | Number),
        ["p"] = new("puhelin", Leads | Stop | Number | AbbreviationTraits.Phone),
        ["t"] = new("terveisin", Leads | Stop),
        ["klo"] = new("kello", Leads | AbbreviationTraits.Clock),
        ["puh"] = new("puhelin", Leads | AbbreviationTraits.Phone),
        ["tel"] = new("puhelin", Leads | Stop | AbbreviationTraits.Phone),
        ["os"] = new("osoite", Leads | Stop),
        ["nro"] = new("numero", Leads),
        ["nr"] = new("numero", Leads),
        ["no"] = new("numero", Leads | Stop | Number),
        ["ks"] = new("katso", Leads),
        ["kts"] = new("katso", Leads),
        ["vrt"] = new("vertaa", Leads),
        ["huom"] = new("huomaa", Leads),
        ["eaa"] = new("ennen ajanlaskun alkua", default),
        ["jaa"] = new("jälkeen ajanlaskun alun", Stop),
        ["eKr"] = new("ennen Kristusta", default),
        ["ekr"] = new("ennen Kristusta", default),
        ["jKr"] = new("jälkeen Kristuksen", default),
        ["jkr"] = new("jälkeen Kristuksen", default),
        ["e.Kr"] = new("ennen Kristusta", default),
        ["j.Kr"] = new("jälkeen Kristuksen", default),
        ["prof"] = new("professori", Leads | Stop),
        ["apul.prof"] = new("apulaisprofessori", Leads),
        ["tri"] = new("tohtori", Leads),
        ["toht"] = new("tohtori", Leads | Stop),
        ["maist"] = new("maisteri", Leads | Stop),
        ["fil.toht"] = new("filosofian tohtori", Leads),
        ["fil.maist"] = new("filosofian maisteri", Leads),
        ["dipl.ins"] = new("diplomi-insinööri", Leads),
        ["toim.joht"] = new("toimitusjohtaja", Leads),
        ["ins"] = new("insinööri", Leads | Stop),
        ["hra"] = new("herra", Leads),
        ["rva"] = new("rouva", Leads),
        ["nti"] = new("neiti", Leads),
        ["ml"] = new("mukaan luettuna", Leads | Stop),
        ["mukl"] = new("mukaan luettuna", Leads),
        ["po"] = new("pitää olla", Leads | Stop),
        ["ko"] = new("kyseessä oleva", Leads | Stop),
        ["em"] = new("edellä mainittu", Leads | Stop),
        ["ao"] = new("asianomainen", Leads | Stop),
        ["yo"] = new("yllä oleva", Leads | Stop),
        ["ns"] = new("niin sanottu", Leads | Stop),
        ["n.s"] = new("niin sanottu", Leads),
        ["o.s"] = new("omaa sukua", Leads),
        ["alk"] = new("alkaen", Stop),
        ["arv"] = new("arviolta", Leads | Stop),
        ["kpl"] = new("kappaletta", default),
        ["milj"] = new("miljoonaa", Leads),
        ["mrd"] = new("miljardia", Leads),
        ["vs"] = new("vastaan", Leads),
        ["yht"] = new("yhteensä", Leads | Stop),
        ["kork"] = new("korkeintaan", Leads | Stop),
        ["väh"] = new("vähintään", Leads | Stop),
        ["sis"] = new("sisältää", Leads | Stop),
        ["seur"] = new("seuraava", Leads | Stop),
        ["ed"] = new("edellinen", Leads | Stop),
        ["oik"] = new("oikealla", Stop),
        ["vas"] = new("vasemmalla", Stop),
        ["pvm"] = new("päivämäärä", default),
        ["lkm"] = new("lukumäärä", default),
        ["synt"] = new("syntynyt", Leads | Stop),
        ["alv"] = new("arvonlisävero", default),
        ["pj"] = new("puheenjohtaja", default),
        ["krs"] = new("kerros", default),
        ["mom"] = new("momentti", Stop),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, Abbreviation>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        BySpelling.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, FinnishNoun> Weekdays = new Dictionary<string, FinnishNoun>
    {
        ["ma"] = FinnishNoun.Regular("maanantai"),
        ["ti"] = FinnishNoun.Regular("tiistai"),
        ["ke"] = FinnishNoun.Graded("keskiviikko", "keskiviiko"),
        ["to"] = FinnishNoun.Regular("torstai"),
        ["pe"] = FinnishNoun.Regular("perjantai"),
        ["la"] = FinnishNoun.Regular("lauantai"),
        ["su"] = FinnishNoun.Regular("sunnuntai"),
    }.ToFrozenDictionary();

    /// <summary>The abbreviation that starts at <paramref name="start"/>, whose first word ends at <paramref name="wordEnd"/>.</summary>
    /// <param name="text">The prepared text.</param>
    /// <param name="start">Where the word starts.</param>
    /// <param name="wordEnd">Where its letters end.</param>
    /// <param name="abbreviation">The words it stands for.</param>
    /// <param name="end">Behind its letters; a final full stop is not counted in.</param>
    public static bool TryRead(string text, int start, int wordEnd, out Abbreviation abbreviation, out int end)
    {
        for (end = Math.Min(text.Length, start + LongestSpelling); end >= wordEnd; end--)
        {
            if ((end == wordEnd || text.AsSpan(wordEnd, end - wordEnd).Contains('.'))
                && !SpokenPunctuation.IsWordCharacter(text, end)
                && Find(text.AsSpan(start, end - start)) is { } found
                && Fits(found, text, end))
            {
                abbreviation = found.Words == "sivu" && start > 0 && text[start - 1] == '(' && IsYear(text, end + 1) ? Born : found;
                return true;
            }
        }

        abbreviation = new Abbreviation("", default);
        return false;
    }

    /// <summary>The weekday a short form names: <c>ma</c>.</summary>
    public static FinnishNoun? Weekday(string word) => Weekdays.GetValueOrDefault(word);

    /// <summary>The illative of a weekday: those in -tai take -hin.</summary>
    public static string Until(FinnishNoun weekday) =>
        weekday.Nominative.EndsWith("tai", StringComparison.Ordinal) ? weekday.Nominative + "hin" : weekday.In(FinnishCase.Illative);

    // A sentence may start with an abbreviation: "Esim." reads as "esim."; "MM" does not.
    private static Abbreviation? Find(ReadOnlySpan<char> spelling)
    {
        if (Lookup.TryGetValue(spelling, out var found))
        {
            return found;
        }

        if (spelling.Length is < 2 or > LongestSpelling || !char.IsUpper(spelling[0]) || char.IsUpper(spelling[1]))
        {
            return null;
        }

        Span<char> lower = stackalloc char[LongestSpelling];
        spelling.CopyTo(lower);
        lower[0] = char.ToLowerInvariant(lower[0]);
        return Lookup.TryGetValue(lower[..spelling.Length], out found) ? found : null;
    }

    // "(s. 1948)" behind a name is a year of birth, not a page.
    private static bool IsYear(string text, int at)
    {
        at = at < text.Length && text[at] == ' ' ? at + 1 : at;
        return at + 4 < text.Length
            && text[at] is '1' or '2'
            && !text.AsSpan(at, 4).ContainsAnyExceptInRange('0', '9')
            && text[at + 4] is ')' or '–' or '-' or ',';
    }

    private static bool Fits(Abbreviation abbreviation, string text, int end)
    {
        var stop = end < text.Length && text[end] == '.';
        if (abbreviation.Traits.HasFlag(AbbreviationTraits.NeedsStop) && !stop)
        {
            return false;
        }

        if (!abbreviation.Traits.HasFlag(AbbreviationTraits.BeforeNumber))
        {
            return true;
        }

        var next = end + 1;
        while (next < text.Length && text[next] == ' ' && next < end + 4)
        {
            next++;
        }

        if (next < text.Length && abbreviation.Traits.HasFlag(AbbreviationTraits.BeforeWord) && char.IsLower(text[next]))
        {
            return true;
        }

        if (next < text.Length && text[next] is '+' or '-' or '−')
        {
            next++;
        }

        return next < text.Length && char.IsAsciiDigit(text[next]);
    }
}
