namespace Dictation.Speech.Normalization.English;

/// <summary>Every word that no other reading takes, as it stands.</summary>
internal sealed class WordReading() : Reading(
    "Word",
    ("O’Neill doesn’t", "O'Neill doesn't"),
    ("mother-in-law", "mother-in-law"),
    ("NASA", "NASA"),
    ("I will NEVER go", "I will NEVER go"),
    ("Müller's", "Müller's"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var end = c.EndOfLetters(c.At);
        c.Builder.Copy(c.At, end);
        c.At = end;
        return true;
    }
}
