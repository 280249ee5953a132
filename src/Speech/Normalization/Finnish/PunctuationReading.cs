namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Everything else: full stops inside names, dashes, and the punctuation that shapes speech in every language.</summary>
internal sealed class PunctuationReading() : Reading(
    "Punctuation",
    ("”Hei”, hän sanoi.", "Hei, hän sanoi."),
    ("Kissa (musta) nukkuu.", "Kissa, musta, nukkuu."),
    ("Kissa – se musta – nukkuu", "Kissa, se musta, nukkuu"),
    ("Niin... no, katsotaan.", "Niin, no, katsotaan."),
    ("kesä- ja talviaika", "kesä ja talviaika"),
    ("ja/tai", "ja tai"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var mark = c.Text[c.At];
        if (mark == '.' && ((c.IsLetter(c.At - 1) && char.IsLower(c.Peek(c.At + 1))) || (c.Peek(c.At - 1) is ' ' or '\0' && c.IsLetter(c.At + 1))))
        {
            c.Builder.Say("piste", c.At);
        }
        else if (mark == '/' || (mark == ':' && c.IsLetter(c.At - 1) && c.IsLetter(c.At + 1)))
        {
            c.Builder.Space();
        }
        else if (mark is '-' or '–' or '−' && IsRangeDash(c))
        {
            c.Builder.Say("viiva", c.At);
        }
        else
        {
            SpokenPunctuation.Read(c);
            return true;
        }

        c.At++;
        return true;
    }

    private static bool IsRangeDash(ReadingCursor c)
    {
        var spaced = c.Peek(c.At - 1) == ' ' && c.Peek(c.At + 1) == ' ';
        var before = spaced ? c.At - 2 : c.At - 1;
        return c.IsDigit(spaced ? c.At + 2 : c.At + 1) && (c.IsDigit(before) || (c.Peek(before) == '.' && c.IsDigit(before - 1)));
    }
}
