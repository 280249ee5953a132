namespace Dictation.Infrastructure.Tts.Text;

/// <summary>Cuts a spoken text where speech pauses.</summary>
public static class TextSegmenter
{
    /// <summary>Sentences, and pieces of those that are longer than the limit, cut at the last clause mark or space that fits.</summary>
    /// <param name="text">A written-out text.</param>
    /// <param name="maxCharacters">The longest segment in UTF-16 units, at least 1.</param>
    public static IReadOnlyList<SpeechSegment> Split(SpokenText text, int maxCharacters)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxCharacters);
        var segments = new List<SpeechSegment>();
        string s = text.Text;
        for (int start = 0; start < s.Length;)
        {
            if (char.IsWhiteSpace(s[start]))
            {
                start++;
                continue;
            }

            (int end, Pause pause) = NextCut(s, start, maxCharacters);
            segments.Add(new SpeechSegment(s[start..end].TrimEnd(), start, pause));
            start = end;
        }

        return segments;
    }

    private static (int End, Pause Pause) NextCut(string s, int start, int maxCharacters)
    {
        int limit = Math.Min(s.Length, start + maxCharacters);
        int clause = 0, space = 0;
        for (int i = start; i < limit; i++)
        {
            bool atEnd = i + 1 == s.Length || char.IsWhiteSpace(s[i + 1]);
            if (s[i] == '\n')
                return (i, Pause.Paragraph);
            if (s[i] is '.' or '!' or '?' && atEnd)
                return (i + 1, i + 1 < s.Length && s[i + 1] == '\n' ? Pause.Paragraph : Pause.Sentence);
            if (s[i] is ',' or ';' or ':' && atEnd)
                clause = i + 1;
            else if (s[i] == ' ')
                space = i;
        }

        if (limit == s.Length)
            return (limit, Pause.Sentence);
        if (clause > 0)
            return (clause, Pause.Clause);
        return (space > 0 ? space : char.IsHighSurrogate(s[limit - 1]) && limit - 1 > start ? limit - 1 : limit, Pause.None);
    }
}
