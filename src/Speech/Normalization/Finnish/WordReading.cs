namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Every word that no other reading takes: letter by letter where it is an initialism, otherwise as it stands.</summary>
internal sealed class WordReading : IFinnishReading
{
    public bool TryRead(FinnishCursor c)
    {
        var (start, end) = (c.At, c.EndOfLetters(c.At));
        var word = end - start <= FinnishCursor.LongestToken ? c.Text[start..end] : "";
        c.At = end;
        var ending = c.ReadEnding();
        if (!LetterWords.TrySay(c, word, start, ending))
        {
            SayWord(c, start, end);
            if (ending.Length > 0)
            {
                c.Builder.Glue();
                c.Builder.Copy(end + 1, end + 1 + ending.Length);
            }
        }

        if (word is "kello" or "Kello")
        {
            c.ClockAt = string.CompareOrdinal(c.Text, c.At, " on ", 0, 4) == 0 ? c.At + 4 : c.SkipSpaces(c.At);
        }

        if (word is "puhelin" or "Puhelin" or "puhelinnumero" or "Puhelinnumero" or "tel" or "Tel")
        {
            c.PhoneAt = c.SkipSpaces(c.Peek(c.At) == ':' ? c.At + 1 : c.At);
        }

        return true;
    }

    // An apostrophe between equal vowels parts two syllables (vaa'an) and becomes a hyphen; any other is silent (Bordeaux'ssa).
    private static void SayWord(FinnishCursor c, int start, int end)
    {
        var part = start;
        for (var i = start; i <= end; i++)
        {
            if (i < end && c.Text[i] != '\'')
            {
                continue;
            }

            if (part > start)
            {
                if (c.Text[part] == c.Text[part - 2] || c.Text[part] > '\u024F')
                {
                    c.Builder.Hyphen();
                }
                else
                {
                    c.Builder.Glue();
                }
            }

            c.Builder.Copy(part, i);
            part = i + 1;
        }
    }
}
