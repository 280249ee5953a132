namespace Dictation.Speech.Sentences;

/// <summary>What a line break does.</summary>
public enum LineBreak
{
    /// <summary>The line was wrapped: the sentence goes on.</summary>
    Wrap,

    /// <summary>The line was wrapped inside a word, behind a hyphen that is not the word's own.</summary>
    WrapInWord,

    /// <summary>What follows is another line: a heading, a list's item, a verse.</summary>
    Line,
}

/// <summary>
/// Tells lines that were wrapped from lines that stand by themselves. A line was wrapped where the next word had no room in it; blank lines, list
/// signs and dashes of dialogue always part. Time is linear in the text's length.
/// </summary>
public static class LineLayout
{
    // Narrower lines are wrapped only where their sentences show it.
    private const int NarrowestColumn = 40;

    // What a hyphen at a line's end is kept before: "kesä-" / "ja talviaika".
    private static readonly string[] Conjunctions = ["ja", "tai", "eli", "sekä", "and", "or", "och", "eller", "und", "oder", "et", "ou", "y", "o", "e"];

    /// <summary>For each line break of a text, in order, what it does.</summary>
    /// <param name="text">Text with <c>\n</c> between lines.</param>
    public static List<LineBreak> Breaks(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var breaks = new List<LineBreak>();
        var lines = Lines(text);
        for (var first = 0; first < lines.Count;)
        {
            var last = first;
            while (last + 1 < lines.Count && !IsBlank(text, lines[last]) && !IsBlank(text, lines[last + 1]))
            {
                last++;
            }

            AddBlock(breaks, text, lines, first, last);
            if (last + 1 < lines.Count)
            {
                breaks.Add(LineBreak.Line);
            }

            first = last + 1;
        }

        return breaks;
    }

    private static void AddBlock(List<LineBreak> breaks, string text, List<(int Start, int End)> lines, int first, int last)
    {
        var column = 0;
        for (var i = first; i <= last; i++)
        {
            column = Math.Max(column, lines[i].End - lines[i].Start);
        }

        var isProse = column >= NarrowestColumn || EndsInMark(text, lines[last]);
        for (var i = first; i < last; i++)
        {
            breaks.Add(Between(text, lines[i], lines[i + 1], column, isProse));
        }
    }

    private static LineBreak Between(string text, (int Start, int End) line, (int Start, int End) next, int column, bool isProse)
    {
        if (BeginsItem(text, next))
        {
            return LineBreak.Line;
        }

        var small = char.IsLower(text[next.Start]);
        if (line.End - line.Start > 1 && text[line.End - 1] == '-' && char.IsLetter(text[line.End - 2]) && small)
        {
            return Array.Exists(Conjunctions, word => IsWord(text, next.Start, word)) ? LineBreak.Wrap : LineBreak.WrapInWord;
        }

        var word = next.Start;
        while (word < next.End && text[word] != ' ')
        {
            word++;
        }

        var full = line.End - line.Start + 1 + (word - next.Start) > column;
        var ends = EndsInMark(text, line);
        return isProse && ((full && !(ends && column < NarrowestColumn)) || (small && !ends)) ? LineBreak.Wrap : LineBreak.Line;
    }

    private static bool IsWord(string text, int at, string word) =>
        string.CompareOrdinal(text, at, word, 0, word.Length) == 0 && (at + word.Length == text.Length
            || !char.IsLetter(text[at + word.Length]));

    private static List<(int Start, int End)> Lines(string text)
    {
        var lines = new List<(int, int)>();
        for (var start = 0; start <= text.Length;)
        {
            var end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            var (first, last) = (start, end);
            while (first < last && text[first] == ' ')
            {
                first++;
            }

            while (last > first && text[last - 1] == ' ')
            {
                last--;
            }

            lines.Add((first, last));
            start = end + 1;
        }

        return lines;
    }

    private static bool IsBlank(string text, (int Start, int End) line) => text.AsSpan(line.Start, line.End - line.Start).IsWhiteSpace();

    private static bool EndsInMark(string text, (int Start, int End) line)
    {
        var end = line.End;
        while (end > line.Start && text[end - 1] is '"' or '\'' or ')' or ']' or '»' or '”' or '’')
        {
            end--;
        }

        return end > line.Start && text[end - 1] is '.' or '!' or '?' or '…' or ':';
    }

    // "- maito", "• maito", "– Tule", "3. Johdanto", "b) toinen".
    private static bool BeginsItem(string text, (int Start, int End) line)
    {
        var at = line.Start;
        if (text[at] is '•' or '⁃' or '‣' or '◦' or '▪' or '·' or '*' or '+' or '-' or '–' or '—' or '#' or '>' or '|')
        {
            return at + 1 < line.End && (text[at + 1] == ' ' || text[at] is '•' or '–' or '—' or '#' or '|');
        }

        var digits = at;
        while (digits < line.End && digits - at < 3 && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        if (text[at] == '(')
        {
            return IsNumeralInBrackets(text, at, line.End);
        }

        var sign = digits > at ? digits : char.IsLetter(text[at]) ? EndOfRoman(text, at, line.End) : at;
        return sign > at && sign + 1 < line.End && text[sign + 1] == ' ' && (text[sign] == ')' || (text[sign] == '.' && digits > at
            && IsCapital(text, sign + 2)));
    }

    // "(a) ", "(12) ", "(iv) "
    private static bool IsNumeralInBrackets(string text, int open, int end)
    {
        var close = open + 1;
        while (close < end && close - open <= 3 && char.IsAsciiDigit(text[close]))
        {
            close++;
        }

        close = close > open + 1 || close >= end || !char.IsLetter(text[close]) ? close : EndOfRoman(text, close, end);
        return close > open + 1 && close + 1 < end && text[close] == ')' && text[close + 1] == ' ';
    }

    // Behind a Roman numeral, or else behind one letter.
    private static int EndOfRoman(string text, int start, int end)
    {
        var at = start;
        while (at < end && at - start < 5 && text[at] is 'i' or 'v' or 'x' or 'I' or 'V' or 'X')
        {
            at++;
        }

        return Math.Max(at, start + 1);
    }

    private static bool IsCapital(string text, int at) => at < text.Length && !char.IsLower(text[at]) && char.IsLetter(text[at]);
}
