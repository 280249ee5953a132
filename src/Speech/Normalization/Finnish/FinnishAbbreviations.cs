using System.Collections.Frozen;
using System.Text.RegularExpressions;

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
/// <param name="Words">What it stands for; the part before what inflects where <paramref name="Inflected"/> is given.</param>
/// <param name="Traits">How it sits in its sentence.</param>
/// <param name="Inflected">The word that agrees with the noun behind it: <c>entinen, entisen</c>; null where nothing does.</param>
internal sealed record Abbreviation(string Words, AbbreviationTraits Traits, FinnishNoun? Inflected = null)
{
    /// <summary>In the case of the noun behind it.</summary>
    public string In(FinnishCase form) => Words + Inflected!.In(form);
}

/// <summary>Everyday Finnish abbreviations.</summary>
internal static partial class FinnishAbbreviations
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
        ["ko"] = new("kyseessä ", Leads | Stop, FinnishNoun.Regular("oleva")),
        ["em"] = new("edellä ", Leads | Stop, Participle("mainittu", "mainitu")),
        ["ao"] = new("", Leads | Stop, Adjective("asianomai")),
        ["yo"] = new("yllä ", Leads | Stop, FinnishNoun.Regular("oleva")),
        ["ns"] = new("niin ", Leads | Stop, Participle("sanottu", "sanotu")),
        ["n.s"] = new("niin ", Leads, Participle("sanottu", "sanotu")),
        ["o.s"] = new("omaa sukua", Leads),
        ["alk"] = new("alkaen", Stop),
        ["arv"] = new("arviolta", Leads | Stop),
        ["kpl"] = new("kappaletta", default),
        ["milj"] = new("miljoonaa", default),
        ["mrd"] = new("miljardia", default),
        ["vs"] = new("vastaan", Leads),
        ["yht"] = new("yhteensä", Leads | Stop),
        ["kork"] = new("korkeintaan", Leads | Stop),
        ["väh"] = new("vähintään", Leads | Stop),
        ["sis"] = new("sisältää", Leads | Stop),
        ["seur"] = new("", Leads | Stop, FinnishNoun.Regular("seuraava")),
        ["ed"] = new("", Leads | Stop, Adjective("edelli")),
        ["oik"] = new("oikealla", Stop),
        ["vas"] = new("vasemmalla", Stop),
        ["ent"] = new("", Leads | Stop, Adjective("enti")),
        ["nyk"] = new("", Leads | Stop, Adjective("nykyi")),
        ["kans"] = new("", Leads | Stop, Adjective("kansainväli")),
        ["maks"] = new("maksimissaan", Leads | Stop),
        ["min"] = new("vähintään", Leads | Stop | Number),
        ["myöh"] = new("myöhemmin", Leads | Stop),
        ["engl"] = new("englanniksi", Leads | Stop),
        ["ruots"] = new("ruotsiksi", Leads | Stop),
        ["saks"] = new("saksaksi", Leads | Stop),
        ["ransk"] = new("ranskaksi", Leads | Stop),
        ["ven"] = new("venäjäksi", Leads | Stop),
        ["lat"] = new("latinaksi", Leads | Stop),
        ["kreik"] = new("kreikaksi", Leads | Stop),
        ["ukr"] = new("ukrainaksi", Leads | Stop),
        ["puol"] = new("puolaksi", Leads | Stop),
        ["norj"] = new("norjaksi", Leads | Stop),
        ["tansk"] = new("tanskaksi", Leads | Stop),
        ["unk"] = new("unkariksi", Leads | Stop),
        ["port"] = new("portugaliksi", Leads | Stop),
        ["arab"] = new("arabiaksi", Leads | Stop),
        ["hepr"] = new("hepreaksi", Leads | Stop),
        ["kiin"] = new("kiinaksi", Leads | Stop),
        ["ev.-lut"] = new("", Leads, Adjective("evankelisluterilai")),
        ["ev.lut"] = new("", Leads, Adjective("evankelisluterilai")),
        ["esp"] = new("espanjaksi", Leads | Stop),
        ["ital"] = new("italiaksi", Leads | Stop),
        ["suom"] = new("suomeksi", Leads | Stop),
        ["jap"] = new("japaniksi", Leads | Stop),
        ["vir"] = new("viroksi", Leads | Stop),
        ["tark"] = new("tarkoittaa", Leads | Stop),
        ["kirj"] = new("kirjoittanut", Leads | Stop),
        ["toim"] = new("toimittanut", Leads | Stop),
        ["puh.joht"] = new("puheenjohtaja", Leads),
        ["kok"] = new("kokoomus", Stop),
        ["kesk"] = new("keskusta", Stop),
        ["vihr"] = new("vihreät", Stop),
        ["vas.liitt"] = new("vasemmistoliitto", default),
        ["ps"] = new("perussuomalaiset", Stop),
        ["N:o"] = new("numero", Leads),
        ["n:o"] = new("numero", Leads),
        ["Mr"] = new("mister", Leads),
        ["Mrs"] = new("missis", Leads),
        ["Ms"] = new("mis", Leads | Stop),
        ["Dr"] = new("doctor", Leads),
        ["dos"] = new("dosentti", Leads | Stop),
        ["kapt"] = new("kapteeni", Leads | Stop),
        ["kenr"] = new("kenraali", Leads | Stop),
        ["ev"] = new("eversti", Leads | Stop),
        ["kers"] = new("kersantti", Leads | Stop),
        ["ltn"] = new("luutnantti", Leads),
        ["past"] = new("pastori", Leads | Stop),
        ["rov"] = new("rovasti", Leads | Stop),
        ["arkkit"] = new("arkkitehti", Leads | Stop),
        ["lääk"] = new("lääkäri", Leads | Stop),
        ["agr"] = new("agronomi", Leads | Stop),
        ["ekon"] = new("ekonomi", Leads | Stop),
        ["varat"] = new("varatuomari", Leads | Stop),
        ["kunnanj"] = new("kunnanjohtaja", Leads | Stop),
        ["pääj"] = new("pääjohtaja", Leads | Stop),
        ["k.a"] = new("keskiarvo", default),
        ["tod.näk"] = new("todennäköisesti", Leads),
        ["mahd"] = new("mahdollisesti", Leads | Stop),
        ["vast"] = new("vastaava", Stop),
        ["yleens"] = new("yleensä", Leads | Stop),
        ["yl"] = new("yleensä", Leads | Stop),
        ["er"] = new("erityisesti", Leads | Stop),
        ["erit"] = new("erityisesti", Leads | Stop),
        ["sit"] = new("siteerattu", Leads | Stop),
        ["os.sto"] = new("osasto", Leads),
        ["tsto"] = new("toimisto", default),
        ["lisät"] = new("lisätietoja", Leads | Stop),
        ["ilm"] = new("ilmoittautumiset", Leads | Stop),
        ["läht"] = new("lähtien", Stop),
        ["pros"] = new("prosenttia", Stop),
        ["ym.s"] = new("ynnä muuta sellaista", default),
        ["etc"] = new("et cetera", default),
        ["muist"] = new("muistutus", Leads | Stop),
        ["pvm"] = new("päivämäärä", default),
        ["lkm"] = new("lukumäärä", default),
        ["synt"] = new("syntynyt", Leads | Stop),
        ["alv"] = new("arvonlisävero", default),
        ["pj"] = new("puheenjohtaja", default),
        ["krs"] = new("kerros", default),
        ["mom"] = new("momentti", Stop),
    }.ToFrozenDictionary();

    /// <summary>Spellings whose full stop ends no sentence, as the word that they belong to follows; in lower case.</summary>
    public static IEnumerable<string> Leading => Spellings(a => a.Traits.HasFlag(Leads) && !a.Traits.HasFlag(Number));

    /// <summary>Spellings that lead to a number alone.</summary>
    public static IEnumerable<string> BeforeNumbers => Spellings(a => a.Traits.HasFlag(Leads) && a.Traits.HasFlag(Number));

    /// <summary>Spellings that a sentence may end with.</summary>
    public static IEnumerable<string> Closing => Spellings(a => !a.Traits.HasFlag(Leads));

    private static readonly FrozenDictionary<string, Abbreviation>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        BySpelling.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The abbreviation that starts at <paramref name="start"/>, whose first word ends at <paramref name="wordEnd"/>.</summary>
    /// <param name="text">The prepared text.</param>
    /// <param name="start">Where the word starts.</param>
    /// <param name="wordEnd">Where its letters end.</param>
    /// <param name="abbreviation">The words it stands for.</param>
    /// <param name="end">Behind its letters; a final full stop is not counted in.</param>
    public static bool TryRead(string text, int start, int wordEnd, out Abbreviation abbreviation, out int end)
    {
        var goesOn = wordEnd < text.Length && text[wordEnd] is '.' or ':';
        for (end = goesOn ? Math.Min(text.Length, start + LongestSpelling) : wordEnd; end >= wordEnd; end--)
        {
            if ((end == wordEnd || text.AsSpan(wordEnd, end - wordEnd).ContainsAny('.', ':'))
                && !SpokenPunctuation.IsWordCharacter(text, end)
                && Find(text.AsSpan(start, end - start)) is { } found
                && Fits(found, text, end))
            {
                abbreviation = found.Words == "sivu" && IsBirth(text, end + 1) ? Born : found;
                return true;
            }
        }

        abbreviation = new Abbreviation("", default);
        return false;
    }

    private static IEnumerable<string> Spellings(Func<Abbreviation, bool> are) =>
        BySpelling.Where(entry => are(entry.Value)).Select(entry => entry.Key.ToLowerInvariant()).Distinct();

    private static FinnishNoun Adjective(string stem) => FinnishNoun.From(stem + "nen", stem + (stem.Contains('ä') || stem.Contains('y') ? "stä" : "sta"), stem + "se", stem + "se");

    private static FinnishNoun Participle(string strong, string weak) => FinnishNoun.Graded(strong, weak);

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

    // "(s. 1948)" and "s. 9. joulukuuta 1960" behind a name tell of a birth, not of a page.
    private static bool IsBirth(string text, int at) => BirthPattern().IsMatch(text, at);

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

    [GeneratedRegex(@"\G ?(?:1[0-9]{3}|20[0-9]{2})(?![\d.]\d|\d)|\G ?\d{1,2}\.(?: ?\d{1,2}\.| ?\p{Ll}{3,8}kuuta)", RegexOptions.CultureInvariant)]
    private static partial Regex BirthPattern();
}
