namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Every word that no other reading takes, as it stands.</summary>
internal sealed class WordReading() : Reading(
    "Word",
    ("Åsas köttbullar", "Åsas köttbullar"),
    ("IKEA:s", "IKEAs"),
    ("nord-syd", "nord-syd"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var end = c.EndOfLetters(c.At);
        var word = c.Text.AsSpan(c.At, end - c.At);
        c.Builder.Copy(c.At, end);
        c.At = end;
        SayEnding(c);
        if (word is "klockan" or "Klockan")
        {
            c.Expect(Expected.Time, c.SkipSpace(c.At));
        }
        else if (word is "telefon" or "Telefon" or "telefonnummer" or "Telefonnummer")
        {
            c.Expect(Expected.Telephone, c.SkipSpaces(c.Peek(c.At) == ':' ? c.At + 1 : c.At));
        }

        return true;
    }

    /// <summary>Says the ending behind a colon with the word before it.</summary>
    public static void SayEnding(ReadingCursor c)
    {
        var start = c.At;
        if (c.ReadEnding().Length > 0)
        {
            c.Builder.Glue();
            c.Builder.Copy(start + 1, c.At);
        }
    }
}
