namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Every number that no other reading takes; four digits that may be a year are read as one behind the words that date.</summary>
internal sealed class CardinalReading() : Reading(
    "Cardinal",
    ("21", "tjugoett"),
    ("1 katt", "en katt"),
    ("1 barn", "ett barn"),
    ("12 500", "tolvtusen femhundra"),
    ("1 000 000", "en miljon"),
    ("år 2026", "år tjugotjugosex"),
    ("sommaren 1995", "sommaren nittonhundranittiofem"),
    ("en 5-åring", "en femåring"),
    ("2003000", "två miljoner tretusen"),
    ("007", "noll noll sju"),
    ("44 f.Kr.", "fyrtiofyra före Kristus."))
{
    public override bool TryRead(ReadingCursor c)
    {
        var number = SwedishNumeral.Read(c.Text, c.At);
        var isPart = c.Peek(number.End) == '.' && c.IsDigit(number.End + 1);
        c.Builder.Say(c.Peek(c.At - 1) is not ('-' or '−') && IsYear(number) ? SwedishNumbers.Year(number.Whole) : SwedishNumbers.Cardinal(number.Whole, number.Whole == "1" && SwedishWords.IsBeforeCommon(c, number.End)), c.At);
        c.At = number.End;
        if (c.Peek(c.At) == '-' && string.CompareOrdinal(c.Text, c.At + 1, "år", 0, 2) == 0)
        {
            c.Builder.Glue();
            c.At++;
        }
        else if (isPart)
        {
            c.Builder.Say("punkt", c.At++);
        }
        else if (c.Peek(c.At) == '/' && c.IsDigit(c.At + 1))
        {
            c.Builder.Say("snedstreck", c.At++);
        }

        return true;
    }

    private static bool IsYear(SwedishNumeral number) =>
        number.End - number.Start == 4 && number.Whole is ['1', >= '3' and <= '9', ..] or ['2', '0', ..];
}
