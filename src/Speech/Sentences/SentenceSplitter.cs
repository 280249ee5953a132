using System.Buffers;
using System.Globalization;
using System.Text;

namespace Dictation.Speech.Sentences;

/// <summary>
/// Finds where sentences end. What stands before and after a mark decides: a small letter never begins a sentence, an abbreviation that leads to
/// a word never ends one. Time is linear in the text's length.
/// </summary>
public static class SentenceSplitter
{
    /// <summary>Longer words are no abbreviations.</summary>
    internal const int LongestWord = 24;

    private const int LongestAside = 120;

    private const string Terminators = ".!?…‥";
    private const string Closers = "\"')]}»”’›";
    private const string Openers = "\"'([{«“‘‹„¿¡•⁃";

    /// <summary>Offsets behind each sentence's last mark and what closes it, rising; the text's end is the last unless the text is blank.</summary>
    /// <param name="text">Text whose line breaks part sentences.</param>
    /// <param name="rules">The language's.</param>
    public static List<int> Ends(string text, SentenceRules rules)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(rules);
        var ends = new List<int>();
        var items = rules.FindsRunOns ? InlineList.Items(text) : [];
        var (start, item) = (0, 0);
        for (var i = 0; i < text.Length;)
        {
            if (item < items.Count && items[item].Start == i)
            {
                Close(i);
                start = i;
                i += items[item++].Length;
                continue;
            }

            if (text[i] == '\n')
            {
                Close(i);
                i++;
                start = i;
                continue;
            }

            if (!Terminators.Contains(text[i], StringComparison.Ordinal))
            {
                i++;
                continue;
            }

            var marks = i;
            i = EndOfMarks(text, marks);

            var close = i;
            while (close < text.Length && Closers.Contains(text[close], StringComparison.Ordinal))
            {
                close++;
            }

            close = rules.FindsRunOns && close < text.Length ? RunOnSentences.EndOfNote(text, close) : close;
            if (EndsSentence(text, start, marks, i, close, rules))
            {
                Close(close);
                i = close;
                start = close;
            }
        }

        Close(text.Length);
        return ends;

        void Close(int end)
        {
            while (end > start && text[end - 1] == ' ')
            {
                end--;
            }

            if (end > start && !text.AsSpan(start, end - start).IsWhiteSpace())
            {
                ends.Add(end);
            }
        }
    }

    // Marks that belong together: "?!", "...", ". . .".
    private static int EndOfMarks(string text, int start)
    {
        var end = start;
        while (end < text.Length && (Terminators.Contains(text[end], StringComparison.Ordinal) || (end > start && IsSpacedDot(text, end))))
        {
            end++;
        }

        return end;
    }

    private static bool IsSpacedDot(string text, int space) =>
        text[space] == ' ' && text[space - 1] == '.' && space + 1 < text.Length && text[space + 1] == '.'
        && (space + 2 == text.Length || text[space + 2] is ' ' or '\n' || Closers.Contains(text[space + 2], StringComparison.Ordinal));

    private static bool EndsSentence(string text, int start, int marks, int behind, int close, SentenceRules rules)
    {
        if (close == text.Length || text[close] == '\n')
        {
            return true;
        }

        var spaced = text[close] == ' ';
        if (!spaced && !(behind > marks && IsCaseless(text, marks - 1) && IsCaseless(text, close)) && !(rules.FindsRunOns
            && RunOnSentences.Begins(text, behind - 1, close, rules)))
        {
            return false;
        }

        // "the stairways [...] (Smith 55)", "the thing is . . . I didn't mean it"
        var isLeftOut = marks > 0 && text[marks - 1] == '[' && close > behind && text[behind] == ']';
        if (isLeftOut || (behind - marks == 5 && text[marks + 1] == ' '))
        {
            return false;
        }

        var next = spaced ? close + 1 : close;
        if (next < text.Length && text[next] == '(' && IsAside(text, next))
        {
            return false;
        }

        var opening = next;
        while (next + 1 < text.Length && text[next] is '–' or '—' or '-' && text[next + 1] == ' ')
        {
            next += 2;
        }

        var dash = next > opening;
        next = string.CompareOrdinal(text, next, "-- ", 0, 3) == 0 ? next + 3 : next;
        while (next < text.Length && Openers.Contains(text[next], StringComparison.Ordinal))
        {
            next++;
        }

        if (next >= text.Length || text[next] == '\n')
        {
            return true;
        }

        if (char.IsLower(text[next]) || text[next] is ',' or ';' or ':' or ')' || Terminators.Contains(text[next], StringComparison.Ordinal))
        {
            return false;
        }

        var isStop = behind - marks == 1 && text[marks] == '.';
        return isStop ? StopEnds(text, start, marks, next, dash, rules) : !dash || CategoryOf(text, next) != UnicodeCategory.LowercaseLetter;
    }

    // "Do You Know? (The Ping Pong Song) on": the sentence goes on behind the brackets.
    private static bool IsAside(string text, int open)
    {
        var close = text.IndexOf(')', open, Math.Min(LongestAside, text.Length - open));
        return close > 0 && !Terminators.Contains(text[close - 1], StringComparison.Ordinal)
            && close + 2 < text.Length && text[close + 1] == ' ' && char.IsLower(text[close + 2]);
    }

    // A capital, a digit or a sign follows, so that what stands before the full stop decides.
    private static bool StopEnds(string text, int start, int stop, int next, bool dash, SentenceRules rules)
    {
        var first = stop;
        while (first > start && stop - first <= LongestWord && text[first - 1] is not (' ' or '\n') && !IsOpening(text, first - 1))
        {
            first--;
        }

        var word = text.AsSpan(first, stop - first);
        if (word.Length == 0)
        {
            return true;
        }

        var digit = char.IsAsciiDigit(text[next]);
        if (rules.Leads(word) || (digit && rules.LeadsToNumber(word)))
        {
            return false;
        }

        if (!word.ContainsAnyExceptInRange('0', '9'))
        {
            return NumberEnds(text, start, first, word.Length, next, rules);
        }

        if (dash)
        {
            return true;
        }

        // "d. Compliance Log" begins a list's item.
        if (word.Length == 1 && char.IsLower(word[0]) && text.AsSpan(start, first - start).IsWhiteSpace())
        {
            return false;
        }

        if (rules.HasStarters && EndsSpelledWord(text, first, stop))
        {
            return rules.Starts(text.AsSpan(next, WordLength(text, next)));
        }

        var isInitial = char.IsUpper(word[^1]) && (word.Length == 1 || word[^2] is '.' or '-');
        if (isInitial && (word.Length == 1 || !rules.MayClose(word)))
        {
            return !digit && rules.IsLabel(WordBefore(text, first));
        }

        return !rules.MayClose(word) || !rules.HasStarters || rules.Starts(text.AsSpan(next, WordLength(text, next)));
    }

    // "five P M.", "six A-M.": the last letter of several, which is no initial.
    private static bool EndsSpelledWord(string text, int first, int stop)
    {
        var last = text[stop - 1];
        var before = stop - 3;
        return char.IsUpper(last) && before >= 0 && stop - first is 1 or 3 && text[stop - 2] is ' ' or '-' && char.IsUpper(text[before])
            && (before == 0 || text[before - 1] is ' ' or '-' or '\n');
    }

    // "1. Johdanto" begins a list's item; "vuonna 2030. Sitten" ends a sentence; "12. 3. 2020" is one date.
    private static bool NumberEnds(string text, int start, int first, int digits, int next, SentenceRules rules)
    {
        var before = text.AsSpan(start, first - start).TrimEnd();
        if (before.Length == 0 || before[^1] is ':' or '»' or '”' or '"' or ')')
        {
            return false;
        }

        return !(rules.OrdinalStop && digits <= 2 && (char.IsAsciiDigit(text[next])
            || rules.FollowsOrdinal(text.AsSpan(next, WordLength(text, next)))));
    }

    /// <summary>The letters before <paramref name="at"/>, past spaces; empty where none stand there.</summary>
    internal static ReadOnlySpan<char> WordBefore(string text, int at)
    {
        var (begin, end) = WordSpanBefore(text, at);
        return text.AsSpan(begin, end - begin);
    }

    /// <summary>Where the letters before <paramref name="at"/> stand, past spaces.</summary>
    internal static (int Begin, int End) WordSpanBefore(string text, int at)
    {
        var end = at;
        while (end > 0 && text[end - 1] == ' ')
        {
            end--;
        }

        var begin = end;
        while (begin > 0 && end - begin <= LongestWord && char.IsLetter(text[begin - 1]))
        {
            begin--;
        }

        return (begin, end);
    }

    private static int WordLength(string text, int at)
    {
        var end = at;
        while (end < text.Length && end - at < LongestWord && (char.IsLetterOrDigit(text[end]) || text[end] is '\'' or '-'))
        {
            end++;
        }

        return end - at;
    }

    private static bool IsOpening(string text, int at) => Openers.Contains(text[at], StringComparison.Ordinal);

    // Scripts without spaces between sentences have no case.
    private static bool IsCaseless(string text, int at) => at >= 0 && CategoryOf(text, at) == UnicodeCategory.OtherLetter;

    private static UnicodeCategory CategoryOf(string text, int at) =>
        Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out _) == OperationStatus.Done ? Rune.GetUnicodeCategory(rune) : UnicodeCategory.Surrogate;
}
