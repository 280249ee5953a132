using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Dates, in the Finnish order and in that of ISO 8601, and ranges of them.</summary>
internal sealed partial class DateReading() : Reading(
    "Date",
    ("24.12.2026", "kahdeskymmenesneljäs joulukuuta kaksituhatta kaksikymmentäkuusi"),
    ("Tulen 24.12. illalla.", "Tulen kahdeskymmenesneljäs joulukuuta illalla."),
    ("2026-12-24", "kahdeskymmenesneljäs joulukuuta kaksituhatta kaksikymmentäkuusi"),
    ("2026-12-24T14:30", "kahdeskymmenesneljäs joulukuuta kaksituhatta kaksikymmentäkuusi kello neljätoista kolmekymmentä"),
    ("6. joulukuuta 1917", "kuudes joulukuuta tuhat yhdeksänsataaseitsemäntoista"),
    ("8.–10. toukokuuta", "kahdeksannesta kymmenenteen toukokuuta"),
    ("10. kesäkuuta – 12. heinäkuuta", "kymmenennestä kesäkuuta kahdenteentoista heinäkuuta"),
    ("12.3.−18.3.", "kahdennestatoista maaliskuuta kahdeksanteentoista maaliskuuta."),
    ("24.–26.12.2026", "kahdennestakymmenennestäneljännestä kahdenteenkymmenenteenkuudenteen joulukuuta kaksituhatta kaksikymmentäkuusi"),
    ("20.6. mennessä", "kahdenteenkymmenenteen kesäkuuta mennessä"),
    ("1.1.2020 alkaen", "ensimmäisestä tammikuuta kaksituhatta kaksikymmentä alkaen"),
    ("9 päivänä maaliskuuta", "yhdeksäntenä päivänä maaliskuuta"),
    ("toukokuun 30 päivänä 1994", "toukokuun kolmantenakymmenentenä päivänä tuhat yhdeksänsataayhdeksänkymmentäneljä"))
{
    private static readonly Dictionary<string, FinnishCase> Days = Enum.GetValues<FinnishCase>().ToDictionary(FinnishNoun.Regular("päivä").In, form => form);

    public override bool TryRead(ReadingCursor c)
    {
        if (c.IsDigit(c.At - 1) || (c.Peek(c.At - 1) == '.' && c.IsDigit(c.At - 2)))
        {
            return false;
        }

        return c.Peek(c.EndOfDigits(c.At)) switch
        {
            '-' => TryIso(c),
            '.' => TryRange(c) || TryOrdinalRange(c) || TryDay(c),
            ' ' => TryDayOfMonth(c),
            _ => false,
        };
    }

    /// <summary>Whether a date stands there.</summary>
    public static bool IsAt(string text, int at) => DayPattern().IsMatch(text, at);

    private static bool TryDay(ReadingCursor c)
    {
        var match = DayPattern().Match(c.Text, c.At);
        // "taulukko 4.1." numbers a table.
        if (!match.Success || c.IsBehindLabel(c.At))
        {
            return false;
        }

        var (day, month, year) = (match.Groups[1], match.Groups[2], match.Groups[3]);
        // "alkaa 9.07." is a time: a date has no zero before its month, unless the year follows.
        if (!IsDay(day, month, year) || (!year.Success && month.ValueSpan[0] == '0' && TimeReading.IsCued(c)))
        {
            return false;
        }

        var end = match.Index + match.Length;
        Say(c, day, month, year, TimeReading.CaseBefore(c, end));
        MoveBehind(c, end, year);
        return true;
    }

    private static bool TryIso(ReadingCursor c)
    {
        var match = IsoPattern().Match(c.Text, c.At);
        if (!match.Success || !IsDay(match.Groups[3], match.Groups[2], match.Groups[1]))
        {
            return false;
        }

        // The year comes first, and all of it stems from its start.
        var start = c.At;
        c.Builder.Say(FinnishNumbers.Ordinal(FinnishNumbers.Parse(match.Groups[3].ValueSpan)), start);
        c.Builder.Say(NounForms.Month(FinnishNumbers.Parse(match.Groups[2].ValueSpan)), start);
        c.Builder.Say(FinnishNumbers.Cardinal(FinnishNumbers.Parse(match.Groups[1].ValueSpan)), start);
        c.At += match.Length;
        if (c.Text[c.At - 1] == 'T')
        {
            c.Builder.Say("kello", c.At - 1);
            c.Expect(Expected.Time, c.At);
        }

        return true;
    }

    // "24.–26.12.2026", "1.1.–31.3.2026"
    private static bool TryRange(ReadingCursor c)
    {
        var match = RangePattern().Match(c.Text, c.At);
        if (!match.Success)
        {
            return false;
        }

        var first = (Day: match.Groups[1], Month: match.Groups[2].Success ? match.Groups[2] : match.Groups[5], Year: match.Groups[3]);
        var last = (Day: match.Groups[4], Month: match.Groups[5], Year: match.Groups[6]);
        if (!IsDay(first.Day, first.Month, first.Year) || !IsDay(last.Day, last.Month, last.Year))
        {
            return false;
        }

        if (match.Groups[2].Success)
        {
            Say(c, first.Day, first.Month, first.Year, FinnishCase.Elative);
        }
        else
        {
            c.Builder.Say(FinnishNumbers.Ordinal(FinnishNumbers.Parse(first.Day.ValueSpan), FinnishCase.Elative), first.Day.Index);
        }

        Say(c, last.Day, last.Month, last.Year, FinnishCase.Illative);
        MoveBehind(c, match.Index + match.Length, last.Year);
        return true;
    }

    // "8.–10. toukokuuta", "10. kesäkuuta – 12. heinäkuuta"
    private static bool TryOrdinalRange(ReadingCursor c)
    {
        var match = OrdinalRangePattern().Match(c.Text, c.At);
        var month = match.Groups[4];
        if (!match.Success || !NounForms.IsMonth(match.Groups[3].ValueSpan) || (month.Success && !NounForms.IsMonth(month.ValueSpan)))
        {
            return false;
        }

        c.Builder.Say(FinnishNumbers.Ordinal(FinnishNumbers.Parse(match.Groups[1].ValueSpan), FinnishCase.Elative), match.Groups[1].Index);
        if (month.Success)
        {
            c.Builder.Copy(month.Index, month.Index + month.Length);
        }

        c.Builder.Say(FinnishNumbers.Ordinal(FinnishNumbers.Parse(match.Groups[2].ValueSpan), FinnishCase.Illative), match.Groups[2].Index);
        c.At = match.Groups[3].Index;
        return true;
    }

    // "9 päivänä maaliskuuta", "toukokuun 30 päivänä"
    private static bool TryDayOfMonth(ReadingCursor c)
    {
        var match = DayOfMonthPattern().Match(c.Text, c.At);
        if (!match.Success || !Days.TryGetValue(match.Groups[2].Value, out var form))
        {
            return false;
        }

        if (!NounForms.IsMonth(match.Groups[3].ValueSpan) && !NounForms.IsMonth(c.WordBefore(c.At).ToString().ToLowerInvariant()))
        {
            return false;
        }

        c.Builder.Say(FinnishNumbers.Ordinal(FinnishNumbers.Parse(match.Groups[1].ValueSpan), form), c.At);
        c.At += match.Groups[1].Length;
        return true;
    }

    private static bool IsDay(Group day, Group month, Group year)
    {
        var (d, m) = (FinnishNumbers.Parse(day.ValueSpan), FinnishNumbers.Parse(month.ValueSpan));
        // Without a year the 29th of February may be meant; two digits do not tell the century, and 2000 was a leap year.
        var y = year.Success && year.Length == 4 ? FinnishNumbers.Parse(year.ValueSpan) : 2000;
        return m is >= 1 and <= 12 && y is >= 1 and <= 9999 && d >= 1 && d <= DateTime.DaysInMonth((int)y, (int)m);
    }

    private static void Say(ReadingCursor c, Group day, Group month, Group year, FinnishCase form)
    {
        c.Builder.Say(FinnishNumbers.Ordinal(FinnishNumbers.Parse(day.ValueSpan), form), day.Index);
        c.Builder.Say(NounForms.Month(FinnishNumbers.Parse(month.ValueSpan)), month.Index);
        if (year.Success)
        {
            c.Builder.Say(FinnishNumbers.Cardinal(FinnishNumbers.Parse(year.ValueSpan)), year.Index);
        }
    }

    // The full stop behind a month's number may also end a sentence.
    private static void MoveBehind(ReadingCursor c, int end, Group year)
    {
        c.At = end;
        if (!year.Success)
        {
            c.At--;
            c.SwallowStop();
        }
    }

    [GeneratedRegex(@"\G(\d{1,2})\.(\d{1,2})\.(?:(\d{4}|\d{2})(?!\d|\.\d)|(?!\d))", RegexOptions.CultureInvariant)]
    private static partial Regex DayPattern();

    [GeneratedRegex(@"\G(\d{4})-(\d{2})-(\d{2})(?![\d-])(?:T(?=\d\d:\d\d))?", RegexOptions.CultureInvariant)]
    private static partial Regex IsoPattern();

    [GeneratedRegex(@"\G(\d{1,2})\.(?:(\d{1,2})\.(\d{4})?)? ?[–−-] ?(\d{1,2})\.(\d{1,2})\.(?:(\d{4}|\d{2})(?!\d|\.\d)|(?!\d))", RegexOptions.CultureInvariant)]
    private static partial Regex RangePattern();

    [GeneratedRegex(@"\G(\d{1,2})\.(?: (?<4>\p{Ll}{5,12}))? ?[–−-] ?(\d{1,2})\. (\p{Ll}{5,12})(?!\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex OrdinalRangePattern();

    [GeneratedRegex(@"\G(\d{1,2}) (päivä\p{Ll}{0,4})(?: (\p{Ll}{5,12}))?(?!\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex DayOfMonthPattern();
}
