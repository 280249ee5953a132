using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.English;

/// <summary>Abbreviations and what they stand for.</summary>
internal static class EnglishAbbreviations
{
    private const int Longest = 7;

    // In lower case, without the last full stop. A full stop must follow unless the sign says otherwise:
    // "!" it may be missing; "#" a number must follow; "^" the abbreviation begins with a capital.
    private static readonly (string Written, string Words, string Needs)[] All =
    [
        ("mr", "Mister", "!^"), ("mrs", "Misses", "!^"), ("ms", "Miz", "^"), ("dr", "Doctor", "^"), ("prof", "Professor", "^"), ("gen", "General", "^"),
        ("col", "Colonel", "^"), ("maj", "Major", "^"), ("capt", "Captain", "^"), ("cpt", "Captain", "^"), ("lt", "Lieutenant", "^"), ("sgt", "Sergeant", "^"),
        ("cmdr", "Commander", "^"), ("adm", "Admiral", "^"), ("sen", "Senator", "^"), ("rep", "Representative", "^"), ("gov", "Governor", "^"),
        ("pres", "President", "^"), ("rev", "Reverend", "^"), ("hon", "Honorable", "^"), ("messrs", "Messieurs", "^"), ("jr", "Junior", "!^"), ("sr", "Senior", "^"),
        ("esq", "Esquire", "^"), ("inc", "Incorporated", "^"), ("ltd", "Limited", "!^"), ("co", "Company", "^"), ("corp", "Corporation", "^"), ("bros", "Brothers", "^"),
        ("mt", "Mount", "^"), ("ft", "Fort", "^"), ("dept", "department", ""), ("assn", "Association", "^"), ("univ", "University", "^"),
        ("jan", "January", "^"), ("feb", "February", "^"), ("jun", "June", "^"), ("jul", "July", "^"), ("aug", "August", "^"), ("sept", "September", "^"),
        ("sep", "September", "^"), ("oct", "October", "^"), ("nov", "November", "^"), ("dec", "December", "^"), ("apr", "April", "^"),
        ("e.g", "for example", "!"), ("i.e", "that is", "!"), ("etc", "et cetera", "!"), ("et al", "and others", ""), ("vs", "versus", "!"), ("v.s", "versus", ""),
        ("cf", "compare", ""), ("viz", "namely", ""), ("approx", "approximately", ""), ("incl", "including", ""), ("excl", "excluding", ""), ("max", "maximum", ""),
        ("min", "minimum", ""), ("est", "established", "#"), ("no", "number", "#"), ("nos", "numbers", "#"), ("nr", "number", "#"), ("p", "page", "#"),
        ("pp", "pages", "#"), ("ch", "chapter", "#"), ("fig", "figure", "#"), ("figs", "figures", "#"), ("vol", "volume", "#"), ("sec", "section", "#"),
        ("art", "article", "#"), ("eq", "equation", "#"), ("ext", "extension", "#"), ("tel", "telephone", ""), ("ca", "circa", "#"), ("c", "circa", "#"),
        ("ave", "Avenue", "^"), ("blvd", "Boulevard", "!^"), ("hwy", "Highway", "!"), ("expy", "Expressway", "!"), ("pkwy", "Parkway", "!"), ("rd", "Road", "^"),
        ("apt", "apartment", "#"), ("a.k.a", "also known as", ""), ("n.b", "note well", ""), ("wwi", "World War one", "!^"), ("wwii", "World War two", "!^"),
    ];

    // Behind a name: "Elm St", "Oak Dr". In front of one they are titles, or words.
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Streets = WordTable.Table(
        """
        st=Street; dr=Drive; ave=Avenue; rd=Road; ln=Lane; ct=Court; sq=Square; pl=Place; blvd=Boulevard
        """);

    private static readonly FrozenDictionary<string, (string Words, string Needs)>.AlternateLookup<ReadOnlySpan<char>> Found =
        All.ToFrozenDictionary(a => a.Written, a => (a.Words, a.Needs), StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> States = WordTable.Table(
        """
        AL=Alabama; AK=Alaska; AZ=Arizona; AR=Arkansas; CA=California; CO=Colorado; CT=Connecticut; DE=Delaware; FL=Florida; GA=Georgia
        HI=Hawaii; ID=Idaho; IL=Illinois; IN=Indiana; IA=Iowa; KS=Kansas; KY=Kentucky; LA=Louisiana; ME=Maine; MD=Maryland
        MA=Massachusetts; MI=Michigan; MN=Minnesota; MS=Mississippi; MO=Missouri; MT=Montana; NE=Nebraska; NV=Nevada; NH=New Hampshire
        NJ=New Jersey; NM=New Mexico; NY=New York; NC=North Carolina; ND=North Dakota; OH=Ohio; OK=Oklahoma; OR=Oregon; PA=Pennsylvania
        RI=Rhode Island; SC=South Carolina; SD=South Dakota; TN=Tennessee; TX=Texas; UT=Utah; VT=Vermont; VA=Virginia; WA=Washington
        WV=West Virginia; WI=Wisconsin; WY=Wyoming
        """);

    /// <summary>"Texas" for <c>TX</c>; null for any other letters.</summary>
    public static string? State(ReadOnlySpan<char> code) => States.TryGetValue(code, out var name) ? name : null;

    /// <summary>Whether a state's code is also a word or another abbreviation.</summary>
    public static bool IsAlsoWord(ReadOnlySpan<char> code) => code is "OK" or "IN" or "OR" or "ME" or "HI" or "MA" or "PA" or "ID" or "OH" or "AL" or "LA" or "MD" or "MS" or "CO" or "DE" or "CT" or "MT";

    /// <summary>Behind the letters that begin at <paramref name="start"/>, with those between full stops: <c>e.g</c>; the start where they are too many.</summary>
    public static int End(ReadingCursor c, int start)
    {
        var end = start;
        while (end - start <= Longest && char.IsAsciiLetter(c.Peek(end)))
        {
            end++;
        }

        while (end - start < Longest && c.Peek(end) == '.' && char.IsAsciiLetter(c.Peek(end + 1)) && !char.IsAsciiLetter(c.Peek(end + 2)))
        {
            end += 2;
        }

        return end - start > Longest || SpokenPunctuation.IsWordCharacter(c.Text, end) ? start : end;
    }

    /// <summary>What the abbreviation between <paramref name="start"/> and <paramref name="end"/> stands for there.</summary>
    public static bool TryFind(ReadingCursor c, int start, int end, out string words)
    {
        Span<char> lower = stackalloc char[Longest + 1];
        var length = c.Text.AsSpan(start, end - start).ToLowerInvariant(lower);
        var hasStop = c.Peek(end) == '.';
        if (Streets.TryGetValue(lower[..length], out var street) && IsStreet(c, start, end))
        {
            words = street;
            return true;
        }

        words = "";
        if (lower[..length] is "st")
        {
            words = char.IsUpper(c.Text[start]) && hasStop && char.IsUpper(c.Peek(c.SkipSpace(end + 1))) ? "Saint" : "";
            return words.Length > 0;
        }

        if (!Found.TryGetValue(lower[..length], out var found) || (!hasStop && !found.Needs.Contains('!', StringComparison.Ordinal)))
        {
            return false;
        }

        words = found.Words;
        return !(found.Needs.Contains('^', StringComparison.Ordinal) && !IsCapitalized(c, start, lower[..length]))
            && !(found.Needs.Contains('#', StringComparison.Ordinal) && !c.IsDigit(c.SkipSpace(end + 1)))
            && !(lower[..length] is "no" && c.EndsSentence(end));
    }

    // "and co." and "jr." are written small too.
    private static bool IsCapitalized(ReadingCursor c, int start, ReadOnlySpan<char> lower) =>
        char.IsUpper(c.Text[start]) || (lower is "co" or "inc" or "ltd" or "corp" && c.Peek(start - 1) == ' ');

    // A capitalized word or an ordinal stands before: "Elm St", "5th st."; and no name behind it: "Visit St. James".
    private static bool IsStreet(ReadingCursor c, int start, int end)
    {
        if (c.Peek(start - 1) != ' ')
        {
            return false;
        }

        var name = c.StartOfWordBefore(start);
        var isOrdinal = c.IsDigit(name - 1) && start - 1 - name == 2;
        if (!isOrdinal && (!char.IsUpper(c.Peek(name)) || start - 1 - name < 2))
        {
            return false;
        }

        var next = c.SkipSpace(c.Peek(end) == '.' ? end + 1 : end);
        return isOrdinal || !char.IsUpper(c.Peek(next)) || next == end || c.Text[start] is >= 'a' || (c.Peek(end) == '.'
            && c.EndsSentence(end)) || HasHouseNumber(c, name);
    }

    // "1428 Elm St"
    private static bool HasHouseNumber(ReadingCursor c, int name) => c.Peek(name - 1) == ' ' && c.IsDigit(name - 2);
}
