namespace Dictation.Speech.Markup;

/// <summary>A start or end tag, or a comment.</summary>
/// <param name="Name">The element in small letters; empty for a comment or a declaration.</param>
/// <param name="IsEnd">Whether it is an end tag.</param>
/// <param name="End">UTF-16 offset behind it.</param>
internal readonly record struct HtmlTag(string Name, bool IsEnd, int End)
{
    private const int LongestName = 40;

    /// <summary>Attributes that stand alone; another word alone makes a tag doubtful: <c>a &lt;b and c&gt; d</c>.</summary>
    private static readonly HashSet<string> Flags = new(StringComparer.OrdinalIgnoreCase)
    {
        "allowfullscreen", "async", "autoplay", "checked", "compact", "controls", "crossorigin", "defer", "disabled", "download",
        "hidden", "ismap", "itemscope", "loop", "multiple", "muted", "novalidate", "nowrap", "open", "playsinline", "readonly",
        "required", "reversed", "selected",
    };

    /// <summary>Whether any attribute has a value.</summary>
    public bool HasValues { get; private init; }

    /// <summary>Whether an attribute without a value is one that HTML does not know.</summary>
    public bool IsDoubtful { get; private init; }

    /// <summary>Where the value of the attribute <c>alt</c> begins and ends.</summary>
    public (int Start, int End) Alt { get; private init; }

    /// <summary>The tag that begins at an offset; null where none does. One that does not end is none.</summary>
    public static HtmlTag? At(string text, int at, TextSearch search)
    {
        if (text[at] != '<' || at + 2 >= text.Length)
        {
            return null;
        }

        if (text[at + 1] is '!' or '?')
        {
            var isComment = text.AsSpan(at).StartsWith("<!--", StringComparison.Ordinal);
            var isDeclaration = char.IsAsciiLetter(text[at + 2]) || text[at + 2] == '[';
            var close = isComment ? search.Find("-->", at + 4) : isDeclaration ? search.Find(">", at) : -1;
            return close < 0 ? null : new HtmlTag("", false, close + (isComment ? 3 : 1));
        }

        var isEnd = text[at + 1] == '/';
        var from = at + (isEnd ? 2 : 1);
        var to = from;
        while (to < text.Length && to - from < LongestName
            && (char.IsAsciiLetter(text[to]) || (to > from && (char.IsAsciiDigit(text[to]) || text[to] is '-' or ':'))))
        {
            to++;
        }

        if (to == from || to == text.Length || !(char.IsWhiteSpace(text[to]) || text[to] is '>' or '/'))
        {
            return null;
        }

        return Attributes(text, to, search, new HtmlTag(text[from..to].ToLowerInvariant(), isEnd, to));
    }

    private static HtmlTag? Attributes(string text, int at, TextSearch search, HtmlTag tag)
    {
        while (true)
        {
            at = SkipSpace(text, at);
            while (at < text.Length && text[at] == '/')
            {
                at = SkipSpace(text, at + 1);
            }

            if (at == text.Length)
            {
                return null;
            }

            if (text[at] == '>')
            {
                return tag with { End = at + 1 };
            }

            var name = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('"' or '\'' or '<' or '>' or '/' or '='))
            {
                at++;
            }

            if (at == name)
            {
                return null;
            }

            var attribute = text.AsSpan(name, at - name);
            var equals = SkipSpace(text, at);
            if (equals == text.Length || text[equals] != '=')
            {
                tag = tag with { IsDoubtful = tag.IsDoubtful || !Flags.GetAlternateLookup<ReadOnlySpan<char>>().Contains(attribute) };
                continue;
            }

            if (Value(text, SkipSpace(text, equals + 1), search) is not { } value)
            {
                return null;
            }

            var isAlt = attribute.Equals("alt", StringComparison.OrdinalIgnoreCase);
            tag = tag with { HasValues = true, Alt = isAlt ? (value.Start, value.End) : tag.Alt };
            at = value.Behind;
        }
    }

    private static (int Start, int End, int Behind)? Value(string text, int at, TextSearch search)
    {
        if (at < text.Length && text[at] is '"' or '\'')
        {
            var close = search.Find(text[at] == '"' ? "\"" : "'", at + 1);
            return close < 0 ? null : (at + 1, close, close + 1);
        }

        var end = at;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('"' or '\'' or '<' or '>'))
        {
            end++;
        }

        return end == at ? null : (at, end, end);
    }

    private static int SkipSpace(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
