namespace Dictation.Speech.Normalization;

/// <summary>Roman numerals.</summary>
internal static class RomanNumerals
{
    private const int Longest = 9;

    private static readonly (int Value, string Sign)[] Signs =
        [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];

    /// <summary>The value of a numeral in capitals, written as is usual and in at most nine letters; 0 where the word is none.</summary>
    public static int ValueOf(ReadOnlySpan<char> word)
    {
        if (word.Length > Longest)
        {
            return 0;
        }

        var value = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var digit = ValueOf(word[i]);
            if (digit == 0)
            {
                return 0;
            }

            value += i + 1 < word.Length && ValueOf(word[i + 1]) > digit ? -digit : digit;
        }

        return value > 0 && word.SequenceEqual(Written(value)) ? value : 0;
    }

    private static int ValueOf(char c) => c switch { 'I' => 1, 'V' => 5, 'X' => 10, 'L' => 50, 'C' => 100, 'D' => 500, 'M' => 1000, _ => 0 };

    private static string Written(int value)
    {
        var roman = "";
        foreach (var (amount, sign) in Signs)
        {
            for (; value >= amount && roman.Length <= Longest; value -= amount)
            {
                roman += sign;
            }
        }

        return roman;
    }
}
