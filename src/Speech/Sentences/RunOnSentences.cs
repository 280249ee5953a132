namespace Dictation.Speech.Sentences;

/// <summary>What stands between a full stop and the next sentence other than a space: nothing at all, or the number of a footnote.</summary>
internal static class RunOnSentences
{
    private const int LongestNote = 24;

    /// <summary>Whether a sentence begins right behind a mark: <c>Hello world.Today is Tuesday.</c></summary>
    /// <param name="text">The text.</param>
    /// <param name="mark">Where the mark stands.</param>
    /// <param name="next">Where the capital behind it stands.</param>
    /// <param name="rules">The language's.</param>
    public static bool Begins(string text, int mark, int next, SentenceRules rules)
    {
        if (next != mark + 1 || mark < 2 || next + 1 >= text.Length || !char.IsUpper(text[next]) || !(char.IsLower(text[next + 1])
            || text[next + 1] == ' '))
        {
            return false;
        }

        var end = next + 1;
        while (end < text.Length && end - next < SentenceSplitter.LongestWord && (char.IsLetter(text[end]) || text[end] == '\''))
        {
            end++;
        }

        // "Tuesday.Mr. Smith"
        var word = text.AsSpan(next, end - next);
        var endsWord = end == text.Length || text[end] is ' ' or ',' || (text[end] == '.' && rules.Leads(word));
        var before = mark;
        while (before > 0 && mark - before < SentenceSplitter.LongestWord && char.IsLetter(text[before - 1]))
        {
            before--;
        }

        var isWordBefore = mark - before > 1 && char.IsLower(text[mark - 1]) && (before == 0 || text[before - 1] is ' ' or '.');
        var isNumberBefore = before == mark && char.IsAsciiDigit(text[mark - 1]);
        var isLikely = isNumberBefore ? rules.Starts(word) : char.IsLower(text[before]) || rules.Starts(word) || rules.Leads(word);
        return endsWord && (isWordBefore || isNumberBefore) && isLikely;
    }

    /// <summary>Behind the footnote's numbers at <paramref name="at"/>: <c>martyr.[1] The</c>, <c>consultation.11 12 Take</c>; there where none stand.</summary>
    public static int EndOfNote(string text, int at)
    {
        if (at >= text.Length || at < 2 || !(text[at] == '[' || (char.IsAsciiDigit(text[at]) && (char.IsLower(text[at - 2])
            || text[at - 2] is ')'))))
        {
            return at;
        }

        var end = at;
        while (end < text.Length && end - at < LongestNote && (char.IsAsciiDigit(text[end]) || text[end] is '[' or ']' || (text[end] == ' '
            && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            end++;
        }

        return end + 1 < text.Length && text[end] == ' ' && char.IsUpper(text[end + 1]) ? end : at;
    }
}
