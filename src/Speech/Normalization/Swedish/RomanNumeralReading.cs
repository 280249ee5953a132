namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Roman numerals behind a ruler's name or a chapter.</summary>
internal sealed class RomanNumeralReading() : Reading(
    "Roman numeral",
    ("Karl XII", "Karl den tolfte"),
    ("Gustav VI Adolf", "Gustav den sjätte Adolf"),
    ("kapitel IV", "kapitel fyra"))
{
    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Labels = WordTable.Set(
        """
        kapitel Kapitel del Del bilaga Bilaga akt avsnitt klass typ
        """);

    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Rulers = WordTable.Set(
        """
        Karl Carl Gustav Gustaf Erik Johan Oscar Oskar Magnus Birger Knut Sigismund Fredrik Adolf Christian Kristian Haakon Harald Olav
        Elisabet Elizabeth Henrik Ludvig Vilhelm Nikolaj Alexander Katarina Filip Georg Edvard Johannes Paulus Pius Leo Benedictus
        """);

    public override bool TryRead(ReadingCursor c)
    {
        if (c.Text[c.At] is not ('I' or 'V' or 'X') || c.Peek(c.At - 1) != ' ')
        {
            return false;
        }

        var end = c.EndOfLetters(c.At);
        var value = RomanNumerals.ValueOf(c.Text.AsSpan(c.At, end - c.At));
        var before = c.WordBefore(c.At);
        var isRuler = Rulers.Contains(before);
        if (value is 0 or > 39 || !(isRuler || Labels.Contains(before)))
        {
            return false;
        }

        var digits = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        c.Builder.Say(isRuler ? "den " + SwedishNumbers.Ordinal(digits) : SwedishNumbers.Cardinal(digits), c.At);
        c.At = end;
        return true;
    }
}
