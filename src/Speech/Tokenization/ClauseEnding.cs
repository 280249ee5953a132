namespace Dictation.Speech.Tokenization;

/// <summary>How a clause ends, as Piper's voices were trained to hear it.</summary>
/// <param name="Mark">One of <c>. , : ; ? !</c>; null where no mark is spoken.</param>
/// <param name="EndsSentence">Whether a sentence ends here. The end of a text always ends one, and is not told here.</param>
/// <param name="IsEllipsis">Whether dots trail off: there is no mark, yet the next word does not follow at once.</param>
public readonly record struct ClauseEnding(char? Mark, bool EndsSentence, bool IsEllipsis)
{
    private const string SentenceMarks = ".?!";

    /// <summary>Full stops that need no space behind them end a sentence, but Piper gives them no mark.</summary>
    private const string SilentStops = "\u0589\u0964\u0965\u0DF4\u0F0D\u0F0E\u1368\u3002";

    /// <summary>Nor do these have one, and they end no sentence.</summary>
    private const string SilentPauses = "\u2026\u3001\u00BF\u00A1";

    /// <summary>What stands between a mark and the end of a clause.</summary>
    private const string Closing = "\"'\u2018\u2019\u201A\u201B\u201C\u201D\u201E\u201F\u00AB\u00BB\u2039\u203A()[]{}\u300C\u300D\u300E\u300F\u3010\u3011\u300A\u300B\uFF08\uFF09-*";

    /// <summary>Told by the text of the clause, for a phonemiser that does not say: espeak-ng 1.51 does not.</summary>
    /// <param name="clause">The clause with its mark and the white space behind.</param>
    public static ClauseEnding From(ReadOnlySpan<char> clause)
    {
        var end = clause.Length;
        while (end > 0 && (char.IsWhiteSpace(clause[end - 1]) || Closing.Contains(clause[end - 1], StringComparison.Ordinal)))
        {
            end--;
        }

        var start = end;
        while (start > 0 && IsMark(clause[start - 1]))
        {
            start--;
        }

        var isParagraph = EndsInBlankLine(clause);
        if (start == end)
        {
            return new ClauseEnding(null, isParagraph, false);
        }

        var first = clause[start];
        if (first == '\u2026' || (first == '.' && end - start > 1 && clause[start + 1] == '.'))
        {
            return new ClauseEnding(null, isParagraph, true);
        }

        var mark = MarkOf(first);
        return new ClauseEnding(mark, isParagraph || IsStop(mark) || SilentStops.Contains(first, StringComparison.Ordinal), false);
    }

    /// <summary>As a phonemiser says, in espeak-ng's code of a clause's ending; what that code leaves open, the text tells.</summary>
    /// <param name="terminator">espeak-ng's <c>CLAUSE_…</c>.</param>
    /// <param name="clause">The clause with its mark and the white space behind.</param>
    public static ClauseEnding From(int terminator, ReadOnlySpan<char> clause)
    {
        const int Known = 0xFFFFF, Sentence = 0x80000, EndOfText = 0x10000;
        char? mark = (terminator & Known) switch
        {
            0x80028 => '.',
            0x82028 => '?',
            0x8302D => '!',
            0x41014 => ',',
            0x4001E => ':',
            0x4101E => ';',
            _ => null,
        };
        var told = From(clause);
        return mark is null
            ? told with { EndsSentence = told.EndsSentence || (terminator & (Sentence | EndOfText)) == Sentence }
            : new ClauseEnding(mark, IsStop(mark), false);
    }

    /// <summary>Whether a character may stand between a mark that ends a sentence and the space behind: a quotation mark or bracket.</summary>
    public static bool IsClosing(char c) => c is not ('-' or '*') && Closing.Contains(c, StringComparison.Ordinal);

    /// <summary>The offset behind the marks at an offset, and the white space behind those; the offset itself where no mark ends a clause there.</summary>
    public static int BehindMarks(string text, int at)
    {
        var end = at;
        while (end < text.Length && (IsMark(text[end]) || (end > at && IsClosing(text[end]))))
        {
            end++;
        }

        if (end == at || (end < text.Length && !char.IsWhiteSpace(text[end])))
        {
            return at;
        }

        while (end < text.Length && char.IsWhiteSpace(text[end]))
        {
            end++;
        }

        return end;
    }

    private static bool IsMark(char c) =>
        MarkOf(c) is not null || SilentStops.Contains(c, StringComparison.Ordinal) || SilentPauses.Contains(c, StringComparison.Ordinal);

    /// <summary>Which of Piper's marks espeak-ng hears a mark as; null for none.</summary>
    private static char? MarkOf(char c) => c switch
    {
        '.' or '\u06D4' or '\u1362' or '\uFF0E' => '.',
        ',' or '\u055D' or '\u060C' or '\u1363' or '\uFF0C' => ',',
        ':' or '\u1365' or '\u1366' or '\uFF1A' => ':',
        ';' or '\u0387' or '\u061B' or '\u1364' or '\uFF1B' or '\u2013' or '\u2014' => ';',
        '?' or '\u037E' or '\u061F' or '\u1367' or '\u2047' or '\u2048' or '\uFF1F' => '?',
        '!' or '\u203C' or '\u2049' or '\uFF01' => '!',
        _ => null,
    };

    private static bool IsStop(char? mark) => mark is { } m && SentenceMarks.Contains(m, StringComparison.Ordinal);

    private static bool EndsInBlankLine(ReadOnlySpan<char> clause)
    {
        var lines = 0;
        for (var i = clause.Length - 1; i >= 0 && char.IsWhiteSpace(clause[i]); i--)
        {
            lines += clause[i] == '\n' ? 1 : 0;
        }

        return lines > 1;
    }
}
