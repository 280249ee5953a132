using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.English;

/// <summary>Large numbers' names behind digits, in full and short.</summary>
internal static class EnglishMagnitudes
{
    private const int Longest = 8;

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Names = WordTable.Table(
        """
        thousand=thousand; million=million; billion=billion; trillion=trillion; bn=billion; mn=million; tn=trillion; trn=trillion
        """);

    /// <summary>The name that stands behind a number, and where it ends; an empty name where none does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Behind the digits.</param>
    /// <param name="behindMoney">Whether single letters count: <c>$5m</c>.</param>
    public static (string Name, int End) At(string text, int at, bool behindMoney)
    {
        var start = at < text.Length && text[at] == ' ' ? at + 1 : at;
        var end = start;
        while (end < text.Length && end - start <= Longest && char.IsAsciiLetter(text[end]))
        {
            end++;
        }

        var word = text.AsSpan(start, end - start);
        if (Names.TryGetValue(word, out var name))
        {
            return (name, end);
        }

        return behindMoney && word.Length == 1 && !(end < text.Length && char.IsAsciiDigit(text[end]))
            ? (word[0] switch { 'k' or 'K' => "thousand", 'm' or 'M' => "million", 'b' or 'B' => "billion", 't' or 'T' => "trillion", _ => "" }, end)
            : ("", at);
    }
}
