using System.Buffers;

namespace Dictation.Speech.Markup;

/// <summary>Marks the signs of Markdown within paragraphs: emphasis, links, images, code, escapes, footnotes.</summary>
/// <param name="text">The text.</param>
/// <param name="marks">Gets the marks; has those of blocks.</param>
/// <param name="tags">Tags of HTML, in which no sign counts.</param>
/// <param name="definitions">Labels of links and footnotes that the text defines.</param>
/// <param name="isMarkdown">Whether the text is Markdown; otherwise only signs that nobody writes for another reason are.</param>
internal sealed class MarkdownInlines(string text, MarkedText marks, HtmlTags tags, IReadOnlySet<string> definitions, bool isMarkdown)
{
    private const int LongestLabel = 200;
    private static readonly SearchValues<char> AddressEnds = SearchValues.Create("<> \t\r\n");
    private readonly MarkdownEmphasis _emphasis = new(text, marks, isMarkdown);
    private readonly Stack<(int Start, int Words)> _brackets = new();
    private readonly Dictionary<int, Queue<int>> _ticks = [];
    private int _to;

    public void Run(int from, int to)
    {
        _to = to;
        _emphasis.Begin(from, to);
        _brackets.Clear();
        FindTicks(from);
        for (var at = from; at < to;)
        {
            at = marks[at] == Mark.Said ? Math.Max(at + 1, Next(at)) : at + 1;
        }
    }

    private int Next(int at)
    {
        switch (text[at])
        {
            case '\\' when isMarkdown && at + 1 < _to:
                return Escape(at);
            case '`':
                return Code(at);
            case '<':
                return tags.At(at)?.End ?? (isMarkdown ? Address(at) : at);
            case '!' when at + 1 < _to && text[at + 1] == '[':
                _brackets.Push((at, at + 2));
                return at + 2;
            case '[':
                return Open(at);
            case ']' when _brackets.TryPop(out var open):
                return Link(open, at);
            case '*' or '_' or '~':
                return _emphasis.Run(at);
            default:
                return at;
        }
    }

    private int Escape(int at)
    {
        if (text[at + 1] is '\n' or '\r')
        {
            marks.Silence(at, at + 1);
        }
        else if (char.IsAscii(text[at + 1]) && (char.IsPunctuation(text[at + 1]) || char.IsSymbol(text[at + 1])))
        {
            marks.Silence(at, at + 1);
            marks.Set(Mark.Literal, at + 1, at + 2);
            return at + 2;
        }

        return at + 1;
    }

    private void FindTicks(int from)
    {
        _ticks.Clear();
        for (var at = from; at < _to; at++)
        {
            if (text[at] == '`')
            {
                var length = RunLength(at);
                (_ticks.TryGetValue(length, out var places) ? places : _ticks[length] = new Queue<int>()).Enqueue(at);
                at += length - 1;
            }
        }
    }

    /// <summary>A row of ticks, up to the next row of the same length.</summary>
    private int Code(int at)
    {
        var length = RunLength(at);
        if (!_ticks.TryGetValue(length, out var places))
        {
            return at + length;
        }

        while (places.TryPeek(out var place) && place <= at)
        {
            places.Dequeue();
        }

        // In other text a tick within a word is an apostrophe or an accent.
        if (!places.TryPeek(out var close) || close == at + length || (!isMarkdown && at > 0 && char.IsLetterOrDigit(text[at - 1])))
        {
            return at + length;
        }

        marks.Silence(at, at + length);
        for (var i = at + length; i < close; i++)
        {
            if (marks[i] == Mark.Said)
            {
                marks.Set(Mark.Literal, i, i + 1);
            }
        }

        marks.Silence(close, close + length);
        return close + length;
    }

    /// <summary>The address in <c>&lt;https://example.com&gt;</c> is said without its brackets.</summary>
    private int Address(int at)
    {
        var end = text.AsSpan(at + 1, _to - at - 1).IndexOfAny(AddressEnds);
        if (end < 3 || text[at + 1 + end] != '>' || !text.AsSpan(at + 1, end).ContainsAny(':', '@'))
        {
            return at;
        }

        var close = at + 1 + end;
        marks.Silence(at, at + 1);
        marks.Set(Mark.Literal, at + 1, close);
        marks.Silence(close, close + 1);
        return close + 1;
    }

    private int Open(int at)
    {
        if (MarkupWriter.RawPhonemesEnd(text, at) is { } end && end <= _to)
        {
            return end;
        }

        if (isMarkdown && at + 1 < _to && text[at + 1] == '^')
        {
            var length = text.AsSpan(at, Math.Min(_to - at, LongestLabel)).IndexOfAny("] \t\r\n");
            if (length > 2 && text[at + length] == ']')
            {
                marks.Silence(at, at + length + 1);
                return at + length + 1;
            }
        }

        _brackets.Push((at, at + 1));
        return at + 1;
    }

    /// <summary>Silences all of a link but its words, where the bracket that closes here is one's.</summary>
    private int Link((int Start, int Words) open, int at)
    {
        var end = MarkdownAddress.End(text, at + 1, _to, isMarkdown)
            ?? (isMarkdown && definitions.Count > 0 ? Reference(open.Words, at) : null);
        if (end is not { } behind)
        {
            return at + 1;
        }

        marks.Silence(open.Start, open.Words);
        marks.Silence(at, behind);
        return behind;
    }

    /// <summary>The offset behind <c>[words][label]</c>, <c>[label][]</c> or <c>[label]</c> where the label is defined.</summary>
    private int? Reference(int words, int at)
    {
        var end = at + 1;
        var (from, to) = (words, at);
        if (end < _to && text[end] == '[')
        {
            var length = text.AsSpan(end, Math.Min(_to - end, LongestLabel)).IndexOf(']');
            if (length > 0)
            {
                (from, to) = length > 1 ? (end + 1, end + length) : (words, at);
                end += length + 1;
            }
        }

        return to - from is > 0 and <= LongestLabel && definitions.Contains(text[from..to].Trim()) ? end : null;
    }

    private int RunLength(int at)
    {
        var length = text.AsSpan(at, _to - at).IndexOfAnyExcept(text[at]);
        return length < 0 ? _to - at : length;
    }
}
