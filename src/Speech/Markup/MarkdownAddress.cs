namespace Dictation.Speech.Markup;

/// <summary>The address of a link with its title, in brackets: <c>(https://example.com "Title")</c>.</summary>
internal static class MarkdownAddress
{
    private const int MaxDepth = 32;
    private const int LongestTitle = 1000;

    private static readonly string[] Beginnings = ["http://", "https://", "mailto:", "tel:", "www.", "/", "#", "./", "../", "data:"];

    /// <summary>The offset behind it; null where none begins at an offset.</summary>
    /// <param name="any">Whether any word is an address; otherwise only what looks like one.</param>
    public static int? End(string text, int at, int to, bool any)
    {
        if (at >= to || text[at] != '(')
        {
            return null;
        }

        var from = SkipSpace(text, at + 1, to);
        if (Destination(text, from, to) is not { } end || !(any || IsAddress(text.AsSpan(from, end - from))))
        {
            return null;
        }

        var behind = SkipSpace(text, end, to);
        if (behind > end && behind < to && text[behind] is '"' or '\'' or '(')
        {
            var length = text.AsSpan(behind + 1, Math.Min(LongestTitle, to - behind - 1)).IndexOf(text[behind] == '(' ? ')' : text[behind]);
            behind = length < 0 ? to : SkipSpace(text, behind + length + 2, to);
        }

        return behind < to && text[behind] == ')' ? behind + 1 : null;
    }

    private static bool IsAddress(ReadOnlySpan<char> address)
    {
        foreach (var beginning in Beginnings)
        {
            if (address.TrimStart('<').StartsWith(beginning, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static int? Destination(string text, int at, int to)
    {
        if (at < to && text[at] == '<')
        {
            var length = text.AsSpan(at + 1, to - at - 1).IndexOfAny("<>\r\n");
            return length >= 0 && text[at + 1 + length] == '>' ? at + length + 2 : null;
        }

        // Brackets in an address are in pairs; the limit on their depth keeps a long row of them quick.
        var depth = 0;
        for (; at < to && !char.IsWhiteSpace(text[at]) && depth <= MaxDepth; at++)
        {
            if (text[at] == '(')
            {
                depth++;
            }
            else if (text[at] == ')' && depth-- == 0)
            {
                return at;
            }
        }

        return depth == 0 ? at : null;
    }

    private static int SkipSpace(string text, int at, int to)
    {
        while (at < to && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
