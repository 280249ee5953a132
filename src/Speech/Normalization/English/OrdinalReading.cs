namespace Dictation.Speech.Normalization.English;

/// <summary>Ordinals by their endings.</summary>
internal sealed class OrdinalReading() : Reading(
    "Ordinal",
    ("1st", "first"),
    ("21st", "twenty-first"),
    ("5th", "fifth"),
    ("112th", "one hundred twelfth"),
    ("1,000th", "one thousandth"),
    ("the 20TH century", "the twentieth century"),
    ("4rd", "four rd"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var number = EnglishNumeral.Read(c.Text, c.At);
        if (number.Decimals.Length > 0 || number.Whole.Length == 0 || !char.IsLetter(c.Peek(number.End))
            || c.EndOfLetters(number.End) is var end && !IsEnding(c, number.End, end))
        {
            return false;
        }

        var ending = c.Text.AsSpan(number.End, 2);
        var stop = number.End + 2;
        if (ending.Equals(EndingOf(number.Whole), StringComparison.OrdinalIgnoreCase) && number.Whole is [not '0', ..] or "0")
        {
            c.Builder.Say(EnglishNumbers.Ordinal(number.Whole), c.At);
        }
        else
        {
            c.Builder.Say(number.InWords(), c.At);
            c.Builder.Copy(number.End, stop);
        }

        c.At = stop;
        EnglishWords.CopyPossessive(c);
        return true;
    }

    private static bool IsEnding(ReadingCursor c, int start, int end)
    {
        var word = c.Text.AsSpan(start, end - start);
        word = word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word;
        return word.Length == 2
            && (char.ToLowerInvariant(word[0]), char.ToLowerInvariant(word[1])) is ('s', 't') or ('n', 'd') or ('r', 'd') or ('t', 'h');
    }

    private static string EndingOf(string digits) => digits.Length > 1 && digits[^2] == '1' ? "th" : digits[^1] switch { '1' => "st", '2' => "nd", '3' => "rd", _ => "th" };
}
