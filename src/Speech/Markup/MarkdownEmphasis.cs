using System.Buffers;
using System.Text;

namespace Dictation.Speech.Markup;

/// <summary>Silences the signs of emphasis that have a partner: <c>*</c>, <c>**</c>, <c>_</c>, <c>__</c>, <c>~~</c>.</summary>
internal sealed class MarkdownEmphasis(string text, MarkedText marks, bool isMarkdown)
{
    private readonly Dictionary<char, Stack<(int At, int Length)>> _open = new()
    {
        ['*'] = new(),
        ['_'] = new(),
        ['~'] = new(),
    };

    private int _from;
    private int _to;

    /// <summary>A stretch begins; signs before it find no partner in it.</summary>
    public void Begin(int from, int to)
    {
        (_from, _to) = (from, to);
        foreach (var stack in _open.Values)
        {
            stack.Clear();
        }
    }

    /// <summary>Reads a row of one sign.</summary>
    /// <returns>The offset behind it.</returns>
    public int Run(int at)
    {
        var sign = text[at];
        var end = at;
        while (end < _to && text[end] == sign && marks[end] == Mark.Said)
        {
            end++;
        }

        if (isMarkdown ? sign == '~' && end - at != 2 : sign != '*' || end - at is not (2 or 3))
        {
            return end;
        }

        var (opens, closes) = Sides(at, end);
        var from = at;
        if (closes)
        {
            from = Close(_open[sign], at, end);
        }

        if (opens && from < end)
        {
            _open[sign].Push((from, end - from));
        }

        return end;
    }

    private int Close(Stack<(int At, int Length)> open, int from, int end)
    {
        while (from < end && open.TryPeek(out var opener) && (isMarkdown || opener.Length == end - from))
        {
            var length = Math.Min(opener.Length, end - from);
            open.Pop();
            if (opener.Length > length)
            {
                open.Push((opener.At, opener.Length - length));
            }

            marks.Silence(opener.At + opener.Length - length, opener.At + opener.Length);
            marks.Silence(from, from + length);
            from += length;
        }

        return from;
    }

    /// <summary>CommonMark's rule: which side of a word a row of signs stands at.</summary>
    private (bool Opens, bool Closes) Sides(int at, int end)
    {
        var (before, after) = (Before(at), After(end));
        if (Rune.IsDigit(before) && Rune.IsDigit(after))
        {
            // A product or a power.
            return (false, false);
        }

        var left = !Rune.IsWhiteSpace(after) && (!IsMark(after) || Rune.IsWhiteSpace(before) || IsMark(before));
        var right = !Rune.IsWhiteSpace(before) && (!IsMark(before) || Rune.IsWhiteSpace(after) || IsMark(after));
        return (isMarkdown, text[at]) switch
        {
            (false, _) => (left && !Rune.IsLetterOrDigit(before), right),
            (_, '_') => (left && (!right || IsMark(before)), right && (!left || IsMark(after))),
            _ => (left, right),
        };
    }

    private static bool IsMark(Rune rune) => Rune.IsPunctuation(rune) || Rune.IsSymbol(rune);

    private Rune Before(int at) =>
        at > _from && Rune.DecodeLastFromUtf16(text.AsSpan(_from, at - _from), out var rune, out _) == OperationStatus.Done
            ? rune
            : new Rune(' ');

    private Rune After(int end) =>
        end < _to && Rune.DecodeFromUtf16(text.AsSpan(end, _to - end), out var rune, out _) == OperationStatus.Done
            ? rune
            : new Rune(' ');
}
