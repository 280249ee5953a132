namespace Dictation.Speech.Markup;

/// <summary>Tells what a line of Markdown begins.</summary>
internal static class MarkdownLine
{
    private const int DeepestIndent = 3;

    /// <summary>The sign and its count where the line begins a block of code.</summary>
    public static (char Sign, int Length)? Fence(ReadOnlySpan<char> line)
    {
        var content = line.TrimStart();
        if (content.IsEmpty || content[0] is not ('`' or '~'))
        {
            return null;
        }

        var length = Run(content, content[0]);
        return length >= 3 && (content[0] == '~' || !content[length..].Contains('`')) ? (content[0], length) : null;
    }

    /// <summary>Where the words of a heading begin and end in the line; null where it is none.</summary>
    public static (int First, int Last)? Heading(ReadOnlySpan<char> line)
    {
        var indent = Indent(line);
        var content = line[indent..];
        var signs = Run(content, '#');
        if (indent > DeepestIndent || signs is 0 or > 6 || (signs < content.Length && content[signs] is not (' ' or '\t')))
        {
            return null;
        }

        var words = content[signs..].TrimEnd();
        var closing = words.TrimEnd('#');
        if (closing.IsEmpty || closing[^1] is ' ' or '\t')
        {
            words = closing.TrimEnd();
        }

        var first = indent + signs + (words.Length - words.TrimStart().Length);
        return (first, Math.Max(first, indent + signs + words.Length));
    }

    /// <summary>Three or more of one sign.</summary>
    public static bool IsRule(ReadOnlySpan<char> line)
    {
        var content = line.Trim();
        if (content.IsEmpty || content[0] is not ('-' or '*' or '_'))
        {
            return false;
        }

        var count = content.Count(content[0]);
        return count >= 3 && count + content.Count(' ') + content.Count('\t') == content.Length;
    }

    /// <summary>Makes the line above a heading.</summary>
    public static bool IsUnderline(ReadOnlySpan<char> line) =>
        line.Trim() is ['=' or '-', ..] content && Run(content, content[0]) == content.Length;

    /// <summary>Stands between the header and the rows of a table: <c>| --- | :-: |</c>.</summary>
    public static bool IsTableRule(ReadOnlySpan<char> line) =>
        line.Contains('|') && line.Contains('-') && !line.ContainsAnyExcept("|-: \t");

    /// <summary>The length of one sign of quotation at the line's beginning; 0 where there is none.</summary>
    public static int Quote(ReadOnlySpan<char> line)
    {
        var indent = Indent(line);
        if (indent > DeepestIndent || indent == line.Length || line[indent] != '>')
        {
            return 0;
        }

        return indent + (indent + 1 < line.Length && line[indent + 1] == ' ' ? 2 : 1);
    }

    /// <summary>
    /// The bullet of a list's item, or <c>1</c> for any number, and the length up to its words; 0 where the line is none.
    /// </summary>
    public static (char Sign, int Content) Item(ReadOnlySpan<char> line)
    {
        var at = Indent(line);
        var rest = line[at..];
        if (rest.IsEmpty)
        {
            return ('\0', 0);
        }

        var digits = 0;
        while (digits < Math.Min(rest.Length, 9) && char.IsAsciiDigit(rest[digits]))
        {
            digits++;
        }

        var isNumber = digits > 0 && digits < rest.Length && rest[digits] is '.' or ')';
        if (!isNumber && rest[0] is not ('-' or '*' or '+' or '•' or '◦' or '▪' or '‣'))
        {
            return ('\0', 0);
        }

        var behind = isNumber ? digits + 1 : 1;
        var words = rest[behind..].TrimStart();
        return words.IsEmpty || words.Length == rest.Length - behind ? ('\0', 0) : (isNumber ? '1' : rest[0], line.Length - words.Length);
    }

    /// <summary>Whether a list item's words begin with a box to check.</summary>
    public static bool IsCheckBox(ReadOnlySpan<char> words) => words is ['[', ' ' or 'x' or 'X', ']', ' ' or '\t', ..];

    private static int Indent(ReadOnlySpan<char> line) => line.Length - line.TrimStart(" \t").Length;

    private static int Run(ReadOnlySpan<char> text, char sign)
    {
        var length = text.IndexOfAnyExcept(sign);
        return length < 0 ? text.Length : length;
    }
}
