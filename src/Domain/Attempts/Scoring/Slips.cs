namespace Dictation.Domain.Attempts.Scoring;

/// <summary>How many slips of the pen lie between two words.</summary>
internal static class Slips
{
    /// <summary>
    /// Whether at most this many of these make one of the other: a letter added, left out or changed, two neighbours swapped (optimal string
    /// alignment distance).
    /// </summary>
    public static bool AtMost(int slips, ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var same = a.CommonPrefixLength(b);
        a = a[same..];
        b = b[same..];
        if (a.IsEmpty || b.IsEmpty || slips == 0)
        {
            return Math.Max(a.Length, b.Length) <= slips;
        }

        return Math.Abs(a.Length - b.Length) <= slips
            && (AtMost(slips - 1, a[1..], b[1..])
                || AtMost(slips - 1, a[1..], b)
                || AtMost(slips - 1, a, b[1..])
                || (a.Length > 1 && b.Length > 1 && a[0] == b[1] && a[1] == b[0] && AtMost(slips - 1, a[2..], b[2..])));
    }
}
