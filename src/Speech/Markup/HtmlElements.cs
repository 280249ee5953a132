namespace Dictation.Speech.Markup;

/// <summary>What a reader hears of HTML's elements.</summary>
internal static class HtmlElements
{
    /// <summary>Part paragraphs.</summary>
    private static readonly HashSet<string> Blocks = new(StringComparer.Ordinal)
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr",
        "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "summary",
        "table", "tbody", "tfoot", "thead", "ul",
    };

    private static readonly HashSet<string> Inline = new(StringComparer.Ordinal)
    {
        "a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "br", "button", "canvas", "cite", "code", "col", "colgroup",
        "data", "datalist", "del", "dfn", "em", "embed", "font", "head", "i", "iframe", "img", "input", "ins", "kbd", "label",
        "link", "map", "mark", "math", "meta", "meter", "nobr", "noscript", "object", "output", "picture", "progress", "q", "rp",
        "rt", "ruby", "s", "samp", "script", "select", "small", "source", "span", "strike", "strong", "style", "sub", "sup",
        "svg", "td", "template", "textarea", "th", "time", "title", "tr", "track", "tt", "u", "var", "video", "wbr",
    };

    /// <summary>Their content is not said.</summary>
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal)
    {
        "audio", "canvas", "datalist", "head", "iframe", "noscript", "object", "rp", "rt", "script", "style", "svg", "template",
        "title", "video",
    };

    /// <summary>Stand alone, and are sure enough without attributes.</summary>
    private static readonly HashSet<string> Lone = new(StringComparer.Ordinal) { "br", "hr", "wbr" };

    /// <summary>Stand alone; the name is a usual word too, so that an attribute must tell.</summary>
    private static readonly HashSet<string> LoneWithAttributes = new(StringComparer.Ordinal)
    {
        "area", "base", "col", "embed", "img", "input", "link", "meta", "param", "source", "track",
    };

    /// <summary>Need no end tag.</summary>
    private static readonly HashSet<string> Open = new(StringComparer.Ordinal)
    {
        "body", "dd", "dt", "html", "li", "p", "tbody", "td", "tfoot", "th", "thead", "tr",
    };

    public static bool IsBlock(string name) => Blocks.Contains(name);

    public static bool IsKnown(string name) => Blocks.Contains(name) || Inline.Contains(name) || LoneWithAttributes.Contains(name);

    public static bool IsSilent(string name) => Silent.Contains(name);

    public static bool NeedsEnd(string name) => !Lone.Contains(name) && !LoneWithAttributes.Contains(name) && !Open.Contains(name);

    public static bool NeedsAttributes(string name) => LoneWithAttributes.Contains(name);
}
