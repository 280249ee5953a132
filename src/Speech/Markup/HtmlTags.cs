namespace Dictation.Speech.Markup;

/// <summary>Finds the tags of a text that has or may have HTML in it.</summary>
internal sealed class HtmlTags
{
    private readonly string _text;
    private readonly bool _isHtml;
    private readonly TextSearch _search;
    private readonly Dictionary<string, int> _firstStart = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lastEnd = new(StringComparer.Ordinal);
    private readonly HashSet<string> _endless = new(StringComparer.Ordinal);

    /// <param name="text">The text.</param>
    /// <param name="isHtml">
    /// Whether any tag is one. Otherwise only elements that HTML knows are, with both of their tags where HTML asks for them.
    /// </param>
    /// <param name="search">Searches of the text.</param>
    public HtmlTags(string text, bool isHtml, TextSearch search)
    {
        (_text, _isHtml, _search) = (text, isHtml, search);
        if (!isHtml)
        {
            Pair();
        }
    }

    public HtmlTag? At(int at) => HtmlTag.At(_text, at, _search) is { } tag && (_isHtml || IsSure(tag, at)) ? tag : null;

    /// <summary>The offset behind the content that is not said, and its end tag, of an element whose start tag was read.</summary>
    public int SilentEnd(HtmlTag tag)
    {
        for (var at = tag.End; !_endless.Contains(tag.Name) && _search.Find("</" + tag.Name, at) is >= 0 and var found; at = found + 2)
        {
            if (HtmlTag.At(_text, found, _search) is { IsEnd: true } end && end.Name == tag.Name)
            {
                return end.End;
            }
        }

        // Without its end tag, a script lasts to the end of the text, as in a browser; of another element only the tag is silent.
        _endless.Add(tag.Name);
        return tag.Name is "script" or "style" && _isHtml ? _text.Length : tag.End;
    }

    private void Pair()
    {
        for (var at = _text.IndexOf('<', StringComparison.Ordinal); at >= 0 && at < _text.Length;)
        {
            var end = at + 1;
            if (HtmlTag.At(_text, at, _search) is { } tag)
            {
                end = tag.End;
                if (tag.IsEnd)
                {
                    _lastEnd[tag.Name] = at;
                }
                else
                {
                    _firstStart.TryAdd(tag.Name, at);
                }
            }

            at = end < _text.Length ? _text.IndexOf('<', end) : -1;
        }
    }

    private bool IsSure(HtmlTag tag, int at)
    {
        if (tag.Name.Length == 0)
        {
            var start = _text.AsSpan(at);
            return start.StartsWith("<!--", StringComparison.Ordinal) || start.StartsWith("<?xml", StringComparison.Ordinal)
                || start.StartsWith("<![", StringComparison.Ordinal) || start.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase);
        }

        // Word processors and frameworks have elements of their own, such as o:p.
        var isKnown = HtmlElements.IsKnown(tag.Name);
        if (tag.IsDoubtful || !(isKnown || tag.Name.AsSpan().ContainsAny(':', '-')))
        {
            return false;
        }

        if (isKnown && HtmlElements.NeedsAttributes(tag.Name))
        {
            return tag.HasValues;
        }

        return (isKnown && !HtmlElements.NeedsEnd(tag.Name))
            || (tag.IsEnd
                ? _firstStart.TryGetValue(tag.Name, out var other) && other < at
                : _lastEnd.TryGetValue(tag.Name, out other) && other > at);
    }
}
