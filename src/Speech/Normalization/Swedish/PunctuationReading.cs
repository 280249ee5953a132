namespace Dictation.Speech.Normalization.Swedish;

/// <summary>Everything else: full stops inside names, slashes, and the punctuation that shapes speech in every language.</summary>
internal sealed class PunctuationReading() : Reading(
    "Punctuation",
    ("”Hej”, sade han.", "Hej, sade han."),
    ("Katten (svart) sover.", "Katten, svart, sover."),
    ("och/eller", "och eller"),
    ("Jaha... nej, vänta.", "Jaha, nej, vänta."))
{
    public override bool TryRead(ReadingCursor c)
    {
        var mark = c.Text[c.At];
        if (mark == '/' || (mark == ':' && c.IsLetter(c.At - 1) && c.IsLetter(c.At + 1)))
        {
            c.Builder.Space();
            c.At++;
        }
        else if (mark == '.' && c.IsLetter(c.At - 1) && char.IsLower(c.Peek(c.At + 1)) && !c.EndsSentence(c.At))
        {
            c.Builder.Say("punkt", c.At++);
        }
        else
        {
            SpokenPunctuation.Read(c);
        }

        return true;
    }
}
