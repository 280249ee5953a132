using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>The word behind a number, which decides its case.</summary>
internal static partial class NextWord
{
    private static readonly string[] LocalEndings = ["ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "n"];

    /// <summary>The lower-case word behind a space at <paramref name="at"/>; empty where none stands there, or where it is an abbreviation.</summary>
    public static string At(ReadingCursor c, int at)
    {
        if (c.Peek(at) != ' ' || !char.IsLower(c.Peek(at + 1)))
        {
            return "";
        }

        var match = Pattern().Match(c.Text, at);
        return match.Success && !(c.Peek(at + match.Length) == '.' && !c.EndsSentence(at + match.Length)) ? match.Groups[1].Value : "";
    }

    /// <summary>The case and number of an ordinal whose full stop ends at <paramref name="at"/>; others of its row may come between.</summary>
    public static (FinnishCase Case, bool Plural) FormOfOrdinal(ReadingCursor c, int at)
    {
        var row = RowPattern().Match(c.Text, at);
        return NounForms.OfOrdinalBefore(At(c, at + row.Length));
    }

    /// <summary>The case of a cardinal that ends at <paramref name="end"/>.</summary>
    public static FinnishCase CaseOfCardinal(ReadingCursor c, Quantity quantity, int end)
    {
        var word = At(c, end);
        if (word.Length == 0)
        {
            return FinnishCase.Nominative;
        }

        // "Kuva 4 talosta", "vuonna 2026 suomalaisen", "Windows 10 koneella", "G8 kokouksesta": the number belongs to what stands before it.
        var named = c.IsBehindLabel(quantity.Start) || c.IsLetter(quantity.Start - 1) || (!quantity.Grouped && IsName(c, quantity.Start));
        var isYear = quantity is { IsWhole: true, Grouped: false, Digits.Length: 4 } && quantity.Value is >= 1000 and < 2100;
        if (named || (isYear && (word.StartsWith("vuo", StringComparison.Ordinal) || !NounForms.IsCounted(word))))
        {
            return FinnishCase.Nominative;
        }

        return NounForms.OfCardinalBefore(word);
    }

    // A capitalised word inside the sentence that is in no local case.
    private static bool IsName(ReadingCursor c, int start)
    {
        var word = c.WordBefore(start);
        var begin = c.StartOfWordBefore(start);
        return word.Length > 1 && char.IsUpper(word[0]) && c.Peek(begin - 1) == ' ' && c.Peek(begin - 2) is not ('.' or '!' or '?' or '\0' or '–')
            && !IsInLocalCase(word);
    }

    private static bool IsInLocalCase(ReadOnlySpan<char> word)
    {
        foreach (var ending in LocalEndings)
        {
            if (word.EndsWith(ending))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\G (\p{Ll}{2,40})(?![\p{L}\d])", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\G(?:(?: ja | tai | sekä | eli |, | ?[–−-] ?)\d{1,4}\.){0,3}", RegexOptions.CultureInvariant)]
    private static partial Regex RowPattern();
}
