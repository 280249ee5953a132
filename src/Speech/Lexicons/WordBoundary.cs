using System.Globalization;

namespace Dictation.Speech.Lexicons;

/// <summary>Where words begin and end: letters, digits and their marks that touch are one word.</summary>
internal static class WordBoundary
{
    /// <summary>Whether a word may begin or end at an offset.</summary>
    public static bool Is(string text, int at) => at <= 0 || at >= text.Length || !(IsWord(text, at - 1) && IsWord(text, at));

    private static bool IsWord(string text, int at)
    {
        var first = at > 0 && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]) ? at - 1 : at;
        return CharUnicodeInfo.GetUnicodeCategory(text, first) is
            <= UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;
    }
}
