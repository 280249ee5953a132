namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Weekdays in their short form, before a date or hours, or in a range.</summary>
internal sealed class WeekdayReading() : Reading(
    "Weekday",
    ("ma 5.1.2026", "maanantai viides tammikuuta kaksituhatta kaksikymmentäkuusi"),
    ("ma–pe klo 9–17", "maanantaista perjantaihin kello yhdeksästä seitsemääntoista"),
    ("Ma–to 8–20", "maanantaista torstaihin kahdeksasta kahteenkymmeneen"),
    ("Avoinna ma-to 8-16, pe 8-15.", "Avoinna maanantaista torstaihin kahdeksasta kuuteentoista, perjantai kahdeksasta viiteentoista."),
    ("la klo 10", "lauantai kello kymmenen"))
{
    private static readonly Dictionary<string, FinnishNoun> Weekdays = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ma"] = FinnishNoun.Regular("maanantai"),
        ["ti"] = FinnishNoun.Regular("tiistai"),
        ["ke"] = FinnishNoun.Graded("keskiviikko", "keskiviiko"),
        ["to"] = FinnishNoun.Regular("torstai"),
        ["pe"] = FinnishNoun.Regular("perjantai"),
        ["la"] = FinnishNoun.Regular("lauantai"),
        ["su"] = FinnishNoun.Regular("sunnuntai"),
    };

    public override bool TryRead(ReadingCursor c)
    {
        var (start, end) = (c.At, c.EndOfLetters(c.At));
        if (end - start != 2 || char.IsUpper(c.Text[start + 1]) || !Weekdays.TryGetValue(c.Text[start..end], out var weekday))
        {
            return false;
        }

        if (c.Peek(end) is '–' or '-' or '−' && c.EndOfLetters(end + 1) == end + 3 && Weekdays.TryGetValue(c.Text[(end + 1)..(end + 3)], out var last))
        {
            c.Builder.Say(weekday.In(FinnishCase.Elative), start);
            c.Builder.Say(Until(last), end + 1);
            c.At = end + 3;
            TimeReading.ExpectHours(c, c.SkipSpaces(c.At));
            return true;
        }

        var behind = c.Peek(end) == '.' ? end + 1 : end;
        var next = c.SkipSpaces(behind);
        var dated = DateReading.IsAt(c.Text, next) || TimeReading.ExpectHours(c, next) || string.CompareOrdinal(c.Text, next, "klo", 0, 3) == 0;
        if (!dated)
        {
            return false;
        }

        c.Builder.Say(weekday.Nominative, start);
        c.At = behind;
        return true;
    }

    // Those in -tai take -hin.
    private static string Until(FinnishNoun weekday) =>
        weekday.Nominative.EndsWith("tai", StringComparison.Ordinal) ? weekday.Nominative + "hin" : weekday.In(FinnishCase.Illative);
}
