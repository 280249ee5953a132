namespace Dictation.Speech.Normalization;

/// <summary>Text that Unicode can normalise.</summary>
internal static class WellFormedText
{
    /// <summary>The text with U+FFFD in the place of half surrogate pairs and of noncharacters. Offsets stay.</summary>
    public static string From(string text)
    {
        char[]? changed = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]) || text[i] >= '\uFFFE')
            {
                (changed ??= text.ToCharArray())[i] = '\uFFFD';
            }
        }

        return changed is null ? text : new string(changed);
    }
}
