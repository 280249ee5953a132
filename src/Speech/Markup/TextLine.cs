namespace Dictation.Speech.Markup;

/// <summary>A line of a text.</summary>
/// <param name="Start">UTF-16 offset of its first unit.</param>
/// <param name="End">The offset of its line end.</param>
/// <param name="Next">The offset of the next line.</param>
internal readonly record struct TextLine(int Start, int End, int Next)
{
    /// <summary>The line that begins at an offset.</summary>
    public static TextLine At(string text, int start)
    {
        var found = text.AsSpan(start).IndexOfAny('\r', '\n');
        if (found < 0)
        {
            return new TextLine(start, text.Length, text.Length);
        }

        var end = start + found;
        return new TextLine(start, end, text.AsSpan(end).StartsWith("\r\n", StringComparison.Ordinal) ? end + 2 : end + 1);
    }

    public ReadOnlySpan<char> Of(string text) => text.AsSpan(Start, End - Start);
}
