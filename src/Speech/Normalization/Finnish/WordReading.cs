namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Every word that no other reading takes, as it stands.</summary>
internal sealed class WordReading() : Reading(
    "Word",
    ("linja-auto", "linja-auto"),
    ("Yle:n", "Ylen"),
    ("vaa'an", "vaa-an"),
    ("Bordeaux’ssa", "Bordeauxssa"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var (start, end) = (c.At, c.EndOfLetters(c.At));
        c.At = end;
        SayWord(c, start, end);
        var ending = c.ReadEnding();
        if (ending.Length > 0)
        {
            c.Builder.Glue();
            c.Builder.Copy(end + 1, end + 1 + ending.Length);
        }

        var word = c.Text.AsSpan(start, end - start);
        if (word is "kello" or "Kello")
        {
            c.Expect(Expected.Time, string.CompareOrdinal(c.Text, c.At, " on ", 0, 4) == 0 ? c.At + 4 : c.SkipSpaces(c.At));
        }
        else if (word is "puhelin" or "Puhelin" or "puhelinnumero" or "Puhelinnumero" or "tel" or "Tel" or "puhelinnumeroon" or "puhelinnumerosta")
        {
            c.Expect(Expected.Telephone, c.SkipSpaces(c.Peek(c.At) == ':' ? c.At + 1 : c.At));
        }

        return true;
    }

    // An apostrophe between equal vowels parts two syllables (vaa'an) and becomes a hyphen; any other is silent (Bordeaux'ssa).
    private static void SayWord(ReadingCursor c, int start, int end)
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
