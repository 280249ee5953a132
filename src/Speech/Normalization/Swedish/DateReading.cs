using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Dates in letters and in digits, decades, spans of years.</summary>
internal sealed partial class DateReading() : Reading(
    "Date",
    ("den 6 dec. 2026", "den sjätte december tjugotjugosex"),
    ("24 december", "tjugofjärde december"),
    ("2:a januari, 2022", "andra januari, tjugotjugotvå"),
    ("2026-12-24", "tjugofjärde december tjugotjugosex"),
    ("24/12 2026", "tjugofjärde december tjugotjugosex"),
    ("24.12.2026", "tjugofjärde december tjugotjugosex"),
    ("8–10 maj", "åttonde till tionde maj"),
    ("1990-talet", "nittonnittiotalet"),
    ("1920-talsbyggnader", "nittontjugotalsbyggnader"),
    ("1990–1995", "nittonhundranittio till nittonhundranittiofem"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) || c.Peek(c.At - 1) is '/' or ',' or '.')
        {
            return false;
        }

        var end = SwedishNumeral.EndOfDigits(c.Text, c.At);
        return (end - c.At) switch
        {
            1 or 2 => c.Peek(end) is ' ' or '.' or ':' or '–' or '-' or '/' && (TryDay(c) || TryNumeric(c) || (c.Peek(end) == '-'
                && TryDecade(c))),
            4 => c.Peek(end) is '-' or '.' or '–' or '/' && (TryYearFirst(c) || TryDecade(c) || TryYears(c)),
            _ => false,
        };
    }

    // "den 6 dec. 2026", "8–10 maj", "2:a januari"
    private static bool TryDay(ReadingCursor c)
    {
        var match = DayPattern().Match(c.Text, c.At);
        var (first, last, month) = (match.Groups["first"], match.Groups["last"], match.Groups["month"]);
        if (!match.Success || SwedishNumbers.Value(first.ValueSpan) is < 1 or > 31
            || SwedishWords.MonthOf(month.ValueSpan) is not (> 0 and var number))
        {
            return false;
        }

        c.Builder.Say(SwedishNumbers.Ordinal(first.ValueSpan), first.Index);
        if (last.Success)
        {
            c.Builder.Say("till " + SwedishNumbers.Ordinal(last.ValueSpan), last.Index);
        }

        c.Builder.Say(SwedishWords.Month(number), month.Index);
        var year = match.Groups["year"];
        if (year.Success)
        {
            if (match.Groups["comma"].Success)
            {
                c.Builder.Mark(',', month.Index + month.Length);
            }

            c.Builder.Say(SwedishNumbers.Year(year.ValueSpan), year.Index);
        }

        c.At += match.Length;
        if (c.Text[c.At - 1] == '.')
        {
            c.At--;
            c.SwallowStop();
        }

        return true;
    }

    // "24.12.2026", "24/12 2026", "24/12"
    private static bool TryNumeric(ReadingCursor c)
    {
        var match = NumericPattern().Match(c.Text, c.At);
        var (day, month, year) = (match.Groups[1], match.Groups["month"], match.Groups["year"]);
        if (!match.Success || !IsDay(day, month) || (!year.Success && c.WordBefore(c.At) is not ("den" or "Den")))
        {
            return false;
        }

        c.Builder.Say(SwedishNumbers.Ordinal(day.ValueSpan.TrimStart('0')), c.At);
        c.Builder.Say(SwedishWords.Month((int)SwedishNumbers.Value(month.ValueSpan)), month.Index);
        if (year.Success)
        {
            c.Builder.Say(SwedishNumbers.Year(year.ValueSpan), year.Index);
        }

        c.At += match.Length;
        return true;
    }

    // "2026-12-24"
    private static bool TryYearFirst(ReadingCursor c)
    {
        var match = YearFirstPattern().Match(c.Text, c.At);
        if (!match.Success || !IsDay(match.Groups[4], match.Groups[3]))
        {
            return false;
        }

        var month = SwedishWords.Month((int)SwedishNumbers.Value(match.Groups[3].ValueSpan));
        c.Builder.Say($"{SwedishNumbers.Ordinal(match.Groups[4].ValueSpan.TrimStart('0'))} {month} {SwedishNumbers.Year(match.Groups[1].ValueSpan)}", c.At);
        c.At += match.Length;
        if (c.Text[c.At - 1] == 'T')
        {
            c.Builder.Say("klockan", c.At - 1);
            c.Expect(Expected.Time, c.At);
        }

        return true;
    }

    private static bool IsDay(Group day, Group month) => SwedishNumbers.Value(day.ValueSpan) is >= 1 and <= 31
        && SwedishNumbers.Value(month.ValueSpan) is >= 1 and <= 12;

    // "1990-talet": the ending is copied behind the number.
    private static bool TryDecade(ReadingCursor c)
    {
        var end = SwedishNumeral.EndOfDigits(c.Text, c.At);
        if (c.Text[end - 1] != '0' || string.CompareOrdinal(c.Text, end, "-tal", 0, 4) != 0)
        {
            return false;
        }

        c.Builder.Say(SwedishNumbers.Decade(c.Text.AsSpan(c.At, end - c.At)), c.At);
        c.At = c.EndOfLetters(end + 1);
        c.Builder.Glue();
        c.Builder.Copy(end + 1, c.At);
        return true;
    }

    private static bool TryYears(ReadingCursor c)
    {
        var match = YearsPattern().Match(c.Text, c.At);
        if (!match.Success)
        {
            return false;
        }

        c.Builder.Say(SwedishNumbers.Year(match.Groups[1].ValueSpan), c.At);
        var last = match.Groups[2];
        c.Builder.Say("till " + (last.Length == 4 ? SwedishNumbers.Year(last.ValueSpan) : SwedishNumbers.Cardinal(last.ValueSpan)), last.Index);
        c.At += match.Length;
        return true;
    }

    [GeneratedRegex(
        @"\G(?<first>\d{1,2})(?::[ae]|\.)?(?:[-–](?<last>\d{1,2})(?::[ae]|\.)?)? (?<month>\p{L}{3,9})(?!\p{L})(?:\.(?! \p{Lu}))?(?:(?<comma>,)? ?(?<year>[12]\d{3})(?![\d\p{L}]|[.,:]\d))?",
        RegexOptions.CultureInvariant)]
    private static partial Regex DayPattern();

    [GeneratedRegex(
        @"\G(\d{1,2})(?:([-./])(?<month>\d{1,2})\2(?<year>\d{4})|/(?<month>\d{1,2})(?:[ -](?<year>[12]\d{3}))?)(?![\d\p{L}/]|[.,:-]\d)",
        RegexOptions.CultureInvariant)]
    private static partial Regex NumericPattern();

    [GeneratedRegex(@"\G(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?![\d/]|[.-]\d)(?:T(?=\d\d:\d\d))?", RegexOptions.CultureInvariant)]
    private static partial Regex YearFirstPattern();

    [GeneratedRegex(@"\G(1[1-9]\d\d|20\d\d)[-–](1[1-9]\d\d|20\d\d|\d\d)(?![\d\p{L}%/-]|[.,]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex YearsPattern();
}
