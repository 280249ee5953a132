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
}
