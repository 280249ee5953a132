namespace Dictation.Domain;

/// <summary>Lengths in Unicode code points, in which the wire counts text. A lone surrogate counts as one.</summary>
public static class CodePoints
{
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    /// <summary>The characters of a span; fewer where the text ends before it.</summary>
    public static string Slice(string text, TextSpan span)
    {
        int start = OffsetOf(text, 0, span.Start), end = OffsetOf(text, start, span.End - span.Start);
        return text[start..end];
    }

    private static int OffsetOf(string text, int from, int points)
    {
        var at = from;
        for (; points > 0 && at < text.Length; points--)
        {
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        }

        return at;
    }
}
