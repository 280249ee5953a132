using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.English;

/// <summary>Roman numerals: behind a chapter or a war a number, behind a ruler's name an ordinal.</summary>
internal sealed class RomanNumeralReading() : Reading(
    "Roman numeral",
    ("Chapter IV", "Chapter four"),
    ("PART XL", "PART forty"),
    ("World War II", "World War two"),
    ("Henry VIII", "Henry the eighth"),
    ("Louis XIV's wig", "Louis the fourteenth's wig"),
    ("Francis I, king of France", "Francis the first, king of France"),
    ("Rocky III", "Rocky three"),
    ("Sam and I", "Sam and I"))
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Rulers = WordTable.Set(
        """
        Henry Charles James Francis Elizabeth Louis George Edward William Richard John Paul Pius Leo Benedict Gregory Innocent Clement
        Alexander Nicholas Peter Catherine Frederick Philip Ferdinand Napoleon Wilhelm Otto Gustav Christian Carl Haakon Olav Harald
        Albert Leopold Victor Umberto Alfonso Juan Pedro Joseph Mary Margaret Anne Robert David Ramesses Darius Xerxes Ptolemy Cleopatra
        Urban Boniface Julius Sixtus Adrian Stephen Ivan Baldwin Tsar King Queen Pope
        """);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Labels = WordTable.Set(
        """
        chapter part section act scene book volume war type phase article title appendix figure table class level stage grade bowl unit
        module step rule division tier mark episode season
        """);

    public override bool TryRead(ReadingCursor c)
    {
        if (c.Text[c.At] is not ('I' or 'V' or 'X' or 'L' or 'C' or 'D' or 'M') || c.Peek(c.At - 1) != ' ')
        {
            return false;
        }

        var end = c.EndOfLetters(c.At);
        var word = c.Text.AsSpan(c.At, end - c.At);
        if (word.EndsWith("'s", StringComparison.Ordinal))
        {
            end -= 2;
            word = word[..^2];
        }

        if (c.IsDigit(end) || RomanNumerals.ValueOf(word) is not (> 0 and var value))
        {
            return false;
        }

        var before = c.WordBefore(c.At);
        var words = IsLabel(before) ? EnglishNumbers.Cardinal(Digits(value))
            : value >= 40 || before.Length < 3 || !char.IsUpper(before[0]) ? ""
            : Rulers.Contains(before) && (word.Length > 1 || IsClosed(c, end)) && before is not ("King" or "Queen" or "Pope" or "Tsar") ? "the " + EnglishNumbers.Ordinal(Digits(value))
            : word.Length > 1 && !IsInCapitals(before) ? EnglishNumbers.Cardinal(Digits(value))
            : "";
        if (words.Length == 0)
        {
            return false;
        }

        c.Builder.Say(words, c.At);
        c.At = end;
        EnglishWords.CopyPossessive(c);
        return true;
    }

    private static string Digits(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsInCapitals(ReadOnlySpan<char> word) => !word.ContainsAnyExceptInRange('A', 'Z');

    // A single I, V or X is a numeral where no word goes on: "Francis I, king".
    private static bool IsClosed(ReadingCursor c, int end) => c.Peek(end) is not ' ' || c.Text.AsSpan(end).StartsWith(" of ", StringComparison.Ordinal);

    private static bool IsLabel(ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[16];
        return word.Length is > 0 and <= 16 && char.IsUpper(word[0]) && word.ToLowerInvariant(lower) is > 0 and var length
            && Labels.Contains(lower[..length]);
    }
}
