namespace Dictation.Speech.Normalization.English;

/// <summary>Endings of words that are written in digits or letters.</summary>
internal static class EnglishWords
{
    /// <summary>Says the <c>'s</c> at the cursor with the word before it.</summary>
    public static void CopyPossessive(ReadingCursor c)
    {
        if (c.Peek(c.At) != '\'' || c.Peek(c.At + 1) != 's' || SpokenPunctuation.IsWordCharacter(c.Text, c.At + 2))
        {
            return;
        }

        c.Builder.Glue();
        c.Builder.Copy(c.At, c.At + 2);
        c.At += 2;
    }
}
