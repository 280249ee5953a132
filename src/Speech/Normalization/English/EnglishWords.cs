namespace Dictation.Speech.Normalization.English;

/// <summary>Words that are written in digits or letters.</summary>
internal static class EnglishWords
{
    /// <summary>Whether the digit at the cursor is part of a word; the x of <c>2x8</c> is none.</summary>
    public static bool IsBehindLetter(ReadingCursor c) => c.IsLetter(c.At - 1) && !(c.Text[c.At - 1] is 'x' && c.IsDigit(c.At - 2));

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
