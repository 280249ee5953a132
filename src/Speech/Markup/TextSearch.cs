namespace Dictation.Speech.Markup;

/// <summary>
/// Finds the next place of a string in a text. Remembers it, so that any number of searches from rising offsets together take linear time.
/// </summary>
internal sealed class TextSearch(string text)
{
    private readonly Dictionary<string, (int From, int Found)> _last = new(StringComparer.Ordinal);

    /// <summary>The first offset of it, without regard to case, at or behind an offset; negative where it does not come any more.</summary>
    public int Find(string value, int from)
    {
        if (_last.TryGetValue(value, out var last) && from >= last.From && (last.Found < 0 || from <= last.Found))
        {
            return last.Found;
        }

        var found = from >= text.Length ? -1 : text.IndexOf(value, from, StringComparison.OrdinalIgnoreCase);
        _last[value] = (from, found);
        return found;
    }
}
