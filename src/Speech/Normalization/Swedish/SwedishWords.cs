namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Words and what they ask of the number before them.</summary>
internal static class SwedishWords
{
    private const string Months = "januari februari mars april maj juni juli augusti september oktober november december";
    private static readonly string[] MonthNames = Months.Split(' ');

    // The neuter nouns that stand behind a one most often.
    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Neuter = WordTable.Set(
        """
        år barn hus rum djur dygn bord fönster steg sätt mål namn ord land liv ljus par kilo ton pund öre ägg äpple brev kort foto träd
        blad bad slag fel fall exempel problem område företag lag parti system program resultat samtal besök möte projekt glas kvarter
        århundrade decennium halvår kvartal
        """);

    /// <summary>The month's number for <c>januari</c>, <c>jan</c>; 0 where it is none.</summary>
    public static int MonthOf(ReadOnlySpan<char> word)
    {
        if (word.Length is < 3 or > 9)
        {
            return 0;
        }

        for (var i = 0; i < MonthNames.Length; i++)
        {
            if (MonthNames[i].AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase) && (word.Length == 3
                || word.Length == MonthNames[i].Length || (i == 8 && word.Length == 4)))
            {
                return i + 1;
            }
        }

        return 0;
    }

    /// <summary>"juli" of 7.</summary>
    public static string Month(int month) => MonthNames[month - 1];

    /// <summary>Whether a noun of common gender seems to follow at <paramref name="at"/>.</summary>
    public static bool IsBeforeCommon(ReadingCursor c, int at)
    {
        var start = c.SkipSpace(at);
        if (start == at || !char.IsLower(c.Peek(start)))
        {
            return false;
        }

        var end = c.EndOfLetters(start);
        var word = c.Text.AsSpan(start, end - start);
        return word is not ("och" or "eller" or "till" or "i" or "på" or "av" or "är" or "var" or "plus" or "minus" or "gånger" or "komma" or "som" or "för" or "med" or "kap" or "x")
            && !Neuter.Contains(word) && !word.EndsWith("et", StringComparison.Ordinal);
    }
}
