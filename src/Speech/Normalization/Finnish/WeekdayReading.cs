namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Weekdays before a date or hours: <c>ma 5.1.</c>, <c>ma–pe 8–16</c>.</summary>
internal sealed class WeekdayReading : IFinnishReading
{
    public bool TryRead(FinnishCursor c) => TryRead(c, c.At, c.EndOfLetters(c.At));

    private static bool TryRead(FinnishCursor c, int start, int end)
    {
        if (end - start != 2 || FinnishAbbreviations.Weekday(c.Text[start..end]) is not { } weekday)
        {
            return false;
        }

        if (c.Peek(end) is '–' or '-' && FinnishAbbreviations.Weekday(c.Text[(end + 1)..c.EndOfLetters(end + 1)]) is { } last)
        {
            c.Builder.Say(weekday.In(FinnishCase.Elative), start);
            c.Builder.Say(FinnishAbbreviations.Until(last), end + 1);
            c.At = end + 3;
            ClockReading.ExpectHours(c, c.SkipSpaces(c.At));
            return true;
        }

        var behind = c.Peek(end) == '.' ? end + 1 : end;
        if (!DateReading.IsAt(c.Text, c.SkipSpaces(behind)) && !ClockReading.ExpectHours(c, c.SkipSpaces(behind)))
        {
            return false;
        }

        c.Builder.Say(weekday.Nominative, start);
        c.At = behind;
        return true;
    }
}
