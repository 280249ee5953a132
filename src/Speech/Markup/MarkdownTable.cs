namespace Dictation.Speech.Markup;

/// <summary>Marks the rows of a table.</summary>
internal static class MarkdownTable
{
    /// <summary>Marks the signs between a row's cells, and the space around them as silent.</summary>
    /// <returns>The cells: stretches in which signs of emphasis find their partners.</returns>
    public static List<(int From, int To)> Mark(string text, TextLine line, MarkedText marks)
    {
        var cells = new List<(int From, int To)>();
        var cell = line.Start;
        for (var at = line.Start; at <= line.End; at++)
        {
            if (at < line.End && (text[at] != '|' || (at > line.Start && text[at - 1] == '\\')))
            {
                continue;
            }

            var (from, to) = Trimmed(text, cell, at);
            marks.Silence(cell, from);
            marks.Silence(to, at);
            cells.Add((from, to));
            if (at < line.End)
            {
                marks.Set(Markup.Mark.Cell, at, at + 1);
            }

            cell = at + 1;
        }

        // The signs at a row's ends part nothing.
        SilenceEdge(line, line.Start, 1, marks);
        SilenceEdge(line, line.End - 1, -1, marks);
        return cells;
    }

    private static void SilenceEdge(TextLine line, int at, int step, MarkedText marks)
    {
        while (at >= line.Start && at < line.End && marks[at] is Markup.Mark.Silent or Markup.Mark.Cell)
        {
            marks.Silence(at, at + 1);
            at += step;
        }
    }

    private static (int From, int To) Trimmed(string text, int from, int to)
    {
        while (from < to && char.IsWhiteSpace(text[from]))
        {
            from++;
        }

        while (to > from && char.IsWhiteSpace(text[to - 1]))
        {
            to--;
        }

        return (from, to);
    }
}
