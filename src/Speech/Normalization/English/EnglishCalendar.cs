namespace Dictation.Speech.Normalization.English;

/// <summary>Months and days of the week by their names and abbreviations.</summary>
internal static class EnglishCalendar
{
    private const int ShortestName = 3, LongestName = 9;

    private static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly string[] Days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>"July" of 7.</summary>
    public static string Month(int month) => Months[month - 1];

    /// <summary>The month's number for <c>July</c>, <c>jul</c>, <c>SEPT</c>; 0 where it is none.</summary>
    public static int MonthOf(ReadOnlySpan<char> word)
    {
        if (word.Length is < ShortestName or > LongestName)
        {
            return 0;
        }

        for (var i = 0; i < Months.Length; i++)
        {
            var isShort = word.Length == ShortestName || (i == 8 && word.Length == 4);
            if (Months[i].AsSpan().StartsWith(word, StringComparison.OrdinalIgnoreCase) && (isShort || word.Length == Months[i].Length))
            {
                return i + 1;
            }
        }

        return 0;
    }

    /// <summary>"Monday" for <c>Mon</c> and <c>Tues</c>; null where the word is no day's abbreviation.</summary>
    public static string? Day(ReadOnlySpan<char> word)
    {
        if (word.Length is < 2 or > 5 || !char.IsUpper(word[0]))
        {
            return null;
        }

        foreach (var day in Days)
        {
            if (day.AsSpan().StartsWith(word, StringComparison.Ordinal))
            {
                return word.Length >= ShortestName || word is "Tu" or "Th" ? day : null;
            }
        }

        return null;
    }
}
