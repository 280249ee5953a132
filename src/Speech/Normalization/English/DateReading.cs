using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.English;

/// <summary>Dates in letters and in digits, decades, quarters, spans of years.</summary>
/// <remarks>In digits the month comes first, as in American English, unless only the day can: <c>25/12/2026</c>.</remarks>
internal sealed partial class DateReading() : Reading(
    "Date",
    ("Jan. 5, 2026", "January fifth, twenty twenty-six"),
    ("5 January 2026", "the fifth of January twenty twenty-six"),
    ("on the 26th May", "on the twenty-sixth of May"),
    ("July 4th's parade", "July fourth's parade"),
    ("May 5-7", "May fifth to seventh"),
    ("July 1506", "July fifteen oh six"),
    ("5/12/2026", "May twelfth twenty twenty-six"),
    ("25/12/2026", "the twenty-fifth of December twenty twenty-six"),
    ("2026-12-24", "December twenty-fourth twenty twenty-six"),
    ("2026-12-24T14:30", "December twenty-fourth twenty twenty-six at fourteen thirty"),
    ("1990s", "nineteen nineties"),
    ("the '80s", "the eighties"),
    ("mid-1980s", "mid-nineteen eighties"),
    ("1960s-80s", "nineteen sixties to eighties"),
    ("1960-86", "nineteen sixty to eighty-six"),
    ("2Q22", "the second quarter of twenty-two"))
{
    private static readonly string[] Quarters = ["first", "second", "third", "fourth"];

    public override bool TryRead(ReadingCursor c)
    {
        if (SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1))
        {
            return false;
        }

        return c.IsLetter(c.At) ? TryMonthFirst(c) : c.IsDigit(c.At) ? TryInDigits(c) : c.Peek(c.At) == '\'' && c.IsDigit(c.At + 1)
            && TryDecade(c);
    }

    private static bool TryInDigits(ReadingCursor c)
    {
        if (c.Peek(c.At - 1) is '/' or '.' or ',' or '$')
        {
            return false;
        }

        var end = c.EndOfDigits(c.At);
        return (end - c.At) switch
        {
            1 or 2 => TryDayFirst(c, end) || (c.Peek(end) is '/' or '-' or '.' && TryNumeric(c)) || (c.Peek(end) is 's' or '\''
                && TryDecade(c)) || TryQuarter(c, end),
            4 => (c.Peek(end) is 's' or '\'' or ' ' && TryDecade(c)) || (c.Peek(end) is '-' or '/' or '.' or '–' && (TryYearFirst(c)
                || TryYears(c))),
            _ => false,
        };
    }

    // "July 25, 2012", "Jan-15", "July 1506"
    private static bool TryMonthFirst(ReadingCursor c)
    {
        if ((c.Text[c.At] | 0x20) is not ('j' or 'f' or 'm' or 'a' or 's' or 'o' or 'n' or 'd'))
        {
            return false;
        }

        var end = c.EndOfLetters(c.At);
        if (EnglishCalendar.MonthOf(c.Text.AsSpan(c.At, end - c.At)) is not (> 0 and var month))
        {
            return false;
        }

        var match = BehindMonth().Match(c.Text, end);
        var (day, year) = (match.Groups["day"], match.Groups["year"]);
        if (!match.Success || (day.Success && EnglishNumbers.Value(day.ValueSpan) is < 1 or > 31) || (!year.Success
            && !char.IsUpper(c.Text[c.At]) && IsAlsoWord(month)))
        {
            return false;
        }

        c.Builder.Say(EnglishCalendar.Month(month), c.At);
        if (day.Success)
        {
            c.Builder.Say(EnglishNumbers.Ordinal(day.ValueSpan), day.Index);
        }

        if (match.Groups["last"] is { Success: true } last)
        {
            c.Builder.Say("to", last.Index - 1);
            c.Builder.Say(EnglishNumbers.Ordinal(last.ValueSpan), last.Index);
        }

        SayYear(c, match, year);
        return true;
    }

    // "25 July 2012", "the 26th of May"
    private static bool TryDayFirst(ReadingCursor c, int end)
    {
        if (c.Peek(end) is not (' ' or '-' or 's' or 'n' or 'r' or 't') || EnglishNumbers.Value(c.Text.AsSpan(c.At, end - c.At)) is < 1 or > 31)
        {
            return false;
        }

        var match = BehindDay().Match(c.Text, end);
        var word = match.Groups["month"];
        if (!match.Success || EnglishCalendar.MonthOf(word.ValueSpan) is not (> 0 and var month)
            || (!match.Groups["year"].Success && !char.IsUpper(word.ValueSpan[0]) && IsAlsoWord(month)))
        {
            return false;
        }

        var isBehindThe = c.WordBefore(c.At) is "the" or "The";
        c.Builder.Say((isBehindThe ? "" : "the ") + EnglishNumbers.Ordinal(c.Text.AsSpan(c.At, end - c.At)) + " of", c.At);
        c.Builder.Say(EnglishCalendar.Month(month), word.Index);
        SayYear(c, match, match.Groups["year"]);
        return true;
    }

    private static void SayYear(ReadingCursor c, Match match, Group year)
    {
        if (year.Success)
        {
            if (match.Groups["comma"] is { Success: true } comma)
            {
                c.Builder.Mark(',', comma.Index);
            }

            c.Builder.Say(EnglishNumbers.Year(year.ValueSpan), year.Index);
        }

        c.At = match.Index + match.Length;
        if (c.Text[c.At - 1] == '.')
        {
            c.At--;
            c.SwallowStop();
        }

        EnglishWords.CopyPossessive(c);
    }

    // "11/17/2005", "15.01.2020"
    private static bool TryNumeric(ReadingCursor c)
    {
        var match = NumericPattern().Match(c.Text, c.At);
        var (first, second) = (EnglishNumbers.Value(match.Groups[1].ValueSpan), EnglishNumbers.Value(match.Groups[3].ValueSpan));
        var isDayFirst = first > 12;
        var (month, day) = isDayFirst ? (second, first) : (first, second);
        if (!match.Success || month is < 1 or > 12 || day is < 1 or > 31 || (match.Groups[2].Value != "/" && match.Groups[4].Length != 4))
        {
            return false;
        }

        var ordinal = EnglishNumbers.Ordinal(match.Groups[isDayFirst ? 1 : 3].ValueSpan.TrimStart('0'));
        c.Builder.Say(isDayFirst ? $"the {ordinal} of" : EnglishCalendar.Month(month), c.At);
        c.Builder.Say(isDayFirst ? EnglishCalendar.Month(month) : ordinal, match.Groups[3].Index);
        var year = match.Groups[4];
        c.Builder.Say(year.Length == 4 ? EnglishNumbers.Year(year.ValueSpan) : EnglishNumbers.Cardinal(year.ValueSpan), year.Index);
        c.At += match.Length;
        return true;
    }

    // "2006-08-05", "2016/07/03"
    private static bool TryYearFirst(ReadingCursor c)
    {
        var match = YearFirstPattern().Match(c.Text, c.At);
        var (month, day) = (EnglishNumbers.Value(match.Groups[3].ValueSpan), EnglishNumbers.Value(match.Groups[4].ValueSpan));
        if (!match.Success || month is < 1 or > 12 || day is < 1 or > 31)
        {
            return false;
        }

        c.Builder.Say($"{EnglishCalendar.Month(month)} {EnglishNumbers.Ordinal(match.Groups[4].ValueSpan.TrimStart('0'))} {EnglishNumbers.Year(match.Groups[1].ValueSpan)}", c.At);
        c.At += match.Length;
        if (c.Text[c.At - 1] == 'T')
        {
            c.Builder.Say("at", c.At - 1);
            c.Expect(Expected.Time, c.At);
        }

        return true;
    }

    // "1990s", "'80s", "1960s-80s"
    private static bool TryDecade(ReadingCursor c)
    {
        var match = DecadePattern().Match(c.Text, c.At);
        var digits = match.Groups[1];
        if (!match.Success)
        {
            return false;
        }

        c.Builder.Say(EnglishNumbers.Decade(digits.ValueSpan), digits.Index);
        c.At = match.Index + match.Length;
        if (c.Peek(c.At) is '-' or '–' && c.IsDigit(c.At + 1) && DecadePattern().IsMatch(c.Text, c.At + 1))
        {
            c.Builder.Say("to", c.At++);
        }

        return true;
    }

    // "1980-1986", "1960-80"
    private static bool TryYears(ReadingCursor c)
    {
        var match = YearsPattern().Match(c.Text, c.At);
        if (!match.Success || EnglishUnits.TryRead(c.Text, c.SkipSpace(match.Index + match.Length), out _, out _, out _))
        {
            return false;
        }

        var (first, last) = (match.Groups[1], match.Groups[2]);
        var isShort = last.Length == 2;
        if (string.CompareOrdinal(first.Value[(isShort ? 2 : 0)..], last.Value) >= 0)
        {
            return false;
        }

        c.Builder.Say(EnglishNumbers.Year(first.ValueSpan), first.Index);
        c.Builder.Say("to", last.Index - 1);
        c.Builder.Say(isShort ? EnglishNumbers.Cardinal(last.ValueSpan) : EnglishNumbers.Year(last.ValueSpan), last.Index);
        c.At += match.Length;
        return true;
    }

    // "2Q22"
    private static bool TryQuarter(ReadingCursor c, int end)
    {
        var match = c.Peek(end) == 'Q' ? QuarterPattern().Match(c.Text, c.At) : Match.Empty;
        if (!match.Success)
        {
            return false;
        }

        c.Builder.Say($"the {Quarters[c.Text[c.At] - '1']} quarter of", c.At);
        c.Builder.Say(match.Groups[1].Length == 2 ? EnglishNumbers.Cardinal(match.Groups[1].ValueSpan) : EnglishNumbers.Year(match.Groups[1].ValueSpan), match.Groups[1].Index);
        c.At += match.Length;
        return true;
    }

    // "march 5 miles", "you may 2".
    private static bool IsAlsoWord(int month) => month is 3 or 5;

    [GeneratedRegex(
        @"\G(?:\.? |-)(?:(?<day>\d{1,2})(?:st|nd|rd|th)?(?:[-–](?<last>\d{1,2})(?![\d-]))?(?:(?:(?<comma>,) ?| |-)(?<year>[12]\d{3})(?![\d\p{L}]|[.,:]\d))?|(?<year>[12]\d{3}))(?![\d\p{L}]|[:/.]\d|,\d{3})",
        RegexOptions.CultureInvariant)]
    private static partial Regex BehindMonth();

    [GeneratedRegex(
        @"\G(?:st|nd|rd|th)?(?:[ -]| of )(?<month>[\p{L}]{3,9})(?!\p{L})(?:\.(?! \p{Lu}))?(?:(?:(?<comma>,) ?| |-)(?<year>[12]\d{3})(?![\d\p{L}]|[.,:]\d))?",
        RegexOptions.CultureInvariant)]
    private static partial Regex BehindDay();

    [GeneratedRegex(@"\G(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?![\d\p{L}/]|[.-]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex NumericPattern();

    [GeneratedRegex(@"\G(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/]|[.-]\d)(?:T(?=\d\d:\d\d))?", RegexOptions.CultureInvariant)]
    private static partial Regex YearFirstPattern();

    [GeneratedRegex(@"\G'?(?:(\d{3}0)(?:'?s| s)|(?<1>[2-9]0)'?s)(?![\p{L}\d'])", RegexOptions.CultureInvariant)]
    private static partial Regex DecadePattern();

    [GeneratedRegex(@"\G(1[1-9]\d\d|20\d\d)[-–](1[1-9]\d\d|20\d\d|\d\d)(?![\d\p{L}'°%/-]|[.,]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex YearsPattern();

    [GeneratedRegex(@"\G[1-4]Q(\d{4}|\d{2})(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex QuarterPattern();
}
