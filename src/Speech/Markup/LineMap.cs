namespace Dictation.Speech.Markup;

/// <summary>
/// Converts an XML reader's lines and positions to offsets, and offsets to the lines and columns of the text as submitted.
/// </summary>
/// <param name="text">The text as submitted.</param>
/// <param name="start">Where the reader begins.</param>
internal sealed class LineMap(string text, int start)
{
    private readonly List<int> _read = From(text, start);

    /// <summary>UTF-16 offset in the text of a place that the reader counts from 1.</summary>
    public int Offset(int line, int position) =>
        line < 1 ? start : Math.Min(text.Length, _read[Math.Min(line, _read.Count) - 1] + Math.Max(0, position - 1));

    /// <summary>A place in words. Columns count code points, as spans do.</summary>
    public string Describe(int offset)
    {
        var lines = From(text, 0);
        var line = lines.FindLastIndex(at => at <= offset);
        var column = 1;
        foreach (var _ in text.AsSpan(lines[line], offset - lines[line]).EnumerateRunes())
        {
            column++;
        }

        return $"line {line + 1}, column {column}";
    }

    private static List<int> From(string text, int start)
    {
        var lines = new List<int> { start };
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                lines.Add(i + 1);
            }
        }

        return lines;
    }
}
