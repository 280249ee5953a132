namespace Dictation.Speech.Markup;

/// <summary>Finds the blocks of a text in Markdown, line by line, and marks their signs as silent.</summary>
/// <param name="text">The text.</param>
/// <param name="marks">Gets the marks.</param>
/// <param name="isMarkdown">Whether the text is Markdown; otherwise only signs that nobody writes for another reason are.</param>
internal sealed class MarkdownBlocks(string text, MarkedText marks, bool isMarkdown)
{
    private const int LongestLabel = 200;

    private readonly HashSet<string> _definitions = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(int From, int To)> _inlines = [];
    private readonly Dictionary<char, int> _unclosedFences = [];
    private readonly char? _bullet = isMarkdown ? null : SureBullet(text);
    private int _paragraph = -1;
    private bool _inQuote;

    /// <summary>Labels of links that the text defines; a footnote's begins with <c>^</c>.</summary>
    public IReadOnlySet<string> Definitions => _definitions;

    /// <summary>Where signs within a line may stand; one never reaches from one stretch into another.</summary>
    public IReadOnlyList<(int From, int To)> Inlines => _inlines;

    public void Run()
    {
        var at = text.StartsWith('\uFEFF') ? 1 : 0;
        if (isMarkdown && FrontMatterEnd(at) is { } body)
        {
            marks.Silence(at, body);
            at = body;
        }

        while (at < text.Length)
        {
            at = Read(TextLine.At(text, at));
        }

        EndParagraph(text.Length);
    }

    /// <returns>The offset of the next line to read.</returns>
    private int Read(TextLine line)
    {
        var content = line with { Start = isMarkdown ? Quote(line) : line.Start };
        var span = content.Of(text);
        if (span.IsWhiteSpace())
        {
            EndParagraph(line.Start);
            return line.Next;
        }

        if (MarkdownLine.Fence(span) is { } fence && FenceEnd(line, fence) is { } end)
        {
            return Code(line, end);
        }

        if (MarkdownLine.Heading(span) is var (first, last) && (isMarkdown || last > first))
        {
            return Heading(content, content.Start + first, content.Start + last);
        }

        if (span.Contains('|') && TextLine.At(text, line.Next) is var below && MarkdownLine.IsTableRule(below.Of(text)))
        {
            return Table(line, below);
        }

        if (isMarkdown && (MarkdownLine.IsRule(span) || (_paragraph >= 0 && MarkdownLine.IsUnderline(span))))
        {
            EndParagraph(line.Start);
            marks.Silence(content.Start, line.End);
            marks.Begin(ScriptBoundary.Paragraph, line.Next);
            return line.Next;
        }

        if (isMarkdown && Definition(content))
        {
            return line.Next;
        }

        if (Item(content))
        {
            return line.Next;
        }

        _paragraph = _paragraph < 0 ? content.Start : _paragraph;
        return line.Next;
    }

    private void EndParagraph(int at)
    {
        if (_paragraph >= 0)
        {
            _inlines.Add((_paragraph, at));
            _paragraph = -1;
        }
    }

    private void Begin(int at)
    {
        EndParagraph(at);
        marks.Begin(ScriptBoundary.Paragraph, at);
    }

    /// <summary>Silences the signs of quotation at the beginning of a line.</summary>
    /// <returns>The offset behind them.</returns>
    private int Quote(TextLine line)
    {
        var at = line.Start;
        while (MarkdownLine.Quote(text.AsSpan(at, line.End - at)) is > 0 and var length)
        {
            at += length;
        }

        var isQuote = at > line.Start;
        if (isQuote != _inQuote && (isQuote || _paragraph < 0))
        {
            Begin(line.Start);
            _inQuote = isQuote;
        }

        marks.Silence(line.Start, at);
        return at;
    }

    /// <summary>The line that closes a fence; null where the line opens none. In Markdown the end of the text closes it too.</summary>
    private TextLine? FenceEnd(TextLine line, (char Sign, int Length) fence)
    {
        if (!_unclosedFences.TryGetValue(fence.Sign, out var unclosed) || fence.Length < unclosed)
        {
            for (var at = line.Next; at < text.Length;)
            {
                var candidate = TextLine.At(text, at);
                if (MarkdownLine.Fence(candidate.Of(text)) is { } close && close.Sign == fence.Sign && close.Length >= fence.Length
                    && candidate.Of(text).Trim().Trim(fence.Sign).IsEmpty)
                {
                    return candidate;
                }

                at = candidate.Next;
            }

            _unclosedFences[fence.Sign] = fence.Length;
        }

        return isMarkdown ? new TextLine(text.Length, text.Length, text.Length) : null;
    }

    private int Code(TextLine open, TextLine close)
    {
        Begin(open.Start);
        marks.Silence(open.Start, open.Next);
        marks.Set(Mark.Literal, open.Next, close.Start);
        marks.Silence(close.Start, close.End);
        marks.Begin(ScriptBoundary.Paragraph, close.End);
        return close.Next;
    }

    private int Heading(TextLine line, int first, int last)
    {
        Begin(line.Start);
        marks.Silence(line.Start, first);
        marks.Silence(last, line.End);
        _inlines.Add((first, last));
        marks.Begin(ScriptBoundary.Paragraph, line.Next);
        return line.Next;
    }

    /// <summary>A bullet is silent and a number is said; each begins a paragraph.</summary>
    private bool Item(TextLine line)
    {
        var (sign, content) = MarkdownLine.Item(line.Of(text));
        var isBullet = sign is not '1';
        if (content == 0 || (!isMarkdown && (!isBullet || sign != _bullet)))
        {
            return false;
        }

        Begin(line.Start);
        if (isBullet)
        {
            marks.Silence(line.Start, line.Start + content);
        }

        // A number may have bullets of its own on its line, and a bullet a check box.
        _paragraph = line.Start + content;
        if (MarkdownLine.IsCheckBox(text.AsSpan(_paragraph, line.End - _paragraph)))
        {
            marks.Silence(_paragraph, _paragraph + 3);
            _paragraph += 3;
        }

        return true;
    }

    /// <summary><c>[label]: address</c> is silent; of <c>[^1]: note</c> the note is said.</summary>
    private bool Definition(TextLine line)
    {
        var span = line.Of(text);
        var close = span.StartsWith("[", StringComparison.Ordinal) ? span.IndexOf("]:", StringComparison.Ordinal) : -1;
        if (close is < 2 or > LongestLabel || span[1..close].ContainsAny('[', ']') || (span[1] != '^' && _paragraph >= 0))
        {
            return false;
        }

        _definitions.Add(span[1..close].Trim().ToString());
        if (span[1] != '^')
        {
            marks.Silence(line.Start, line.End);
            return true;
        }

        Begin(line.Start);
        marks.Silence(line.Start, line.Start + close + 2);
        _paragraph = line.Start + close + 2;
        return true;
    }

    private int Table(TextLine header, TextLine rule)
    {
        Begin(header.Start);
        _inlines.AddRange(MarkdownTable.Mark(text, header, marks));
        marks.Silence(rule.Start, rule.Next);
        var at = rule.Next;
        while (at < text.Length && TextLine.At(text, at) is var row && row.Of(text).Contains('|'))
        {
            marks.Begin(ScriptBoundary.Sentence, row.Start);
            _inlines.AddRange(MarkdownTable.Mark(text, row, marks));
            at = row.Next;
        }

        marks.Begin(ScriptBoundary.Paragraph, at);
        return at;
    }

    /// <summary>The offset behind the front matter, which stands between two lines of <c>---</c>; null where there is none.</summary>
    private int? FrontMatterEnd(int start)
    {
        var open = TextLine.At(text, start);
        if (open.Of(text).TrimEnd() is not "---")
        {
            return null;
        }

        for (var at = open.Next; at < text.Length;)
        {
            var line = TextLine.At(text, at);
            if (line.Of(text).TrimEnd() is "---" or "...")
            {
                return line.Next;
            }

            // A rule above a text is not front matter.
            if (at == open.Next && !line.Of(text).Contains(':'))
            {
                return null;
            }

            at = line.Next;
        }

        return null;
    }

    /// <summary>The bullet of a text's lists. One line alone may begin with a sign for another reason.</summary>
    private static char? SureBullet(string text)
    {
        var counts = new Dictionary<char, int>();
        for (var at = 0; at < text.Length;)
        {
            var line = TextLine.At(text, at);
            var (sign, content) = MarkdownLine.Item(line.Of(text));
            if (content > 0 && sign != '1')
            {
                counts[sign] = counts.GetValueOrDefault(sign) + 1;
            }

            at = line.Next;
        }

        return counts.Where(c => c.Value > 1).OrderByDescending(c => c.Value).Select(c => (char?)c.Key).FirstOrDefault();
    }
}
