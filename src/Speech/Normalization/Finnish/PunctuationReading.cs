namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Everything else: full stops inside names, dashes of ranges, and the punctuation that shapes speech in every language.</summary>
internal sealed class PunctuationReading : IFinnishReading
{
    public bool TryRead(FinnishCursor c)
    {
        var mark = c.Text[c.At];
        if (mark == '.' && ((c.IsLetter(c.At - 1) && char.IsLower(c.Peek(c.At + 1))) || (c.Peek(c.At - 1) == ' ' && c.IsLetter(c.At + 1))))
        {
            c.Builder.Say("piste", c.At);
        }
        else if (mark == '/' || (mark == ':' && c.IsLetter(c.At - 1) && c.IsLetter(c.At + 1)))
        {
            c.Builder.Space();
        }
        else if (mark is '-' or '–' && IsRangeDash(c))
        {
            c.Builder.Say("viiva", c.At);
        }
        else
        {
            SpokenPunctuation.TryApply(c.Builder, c.Text, c.At);
        }

        c.At++;
        return true;
    }

    private static bool IsRangeDash(FinnishCursor c)
    {
        var spaced = c.Peek(c.At - 1) == ' ' && c.Peek(c.At + 1) == ' ';
        var before = spaced ? c.At - 2 : c.At - 1;
        return c.IsDigit(spaced ? c.At + 2 : c.At + 1) && (c.IsDigit(before) || (c.Peek(before) == '.' && c.IsDigit(before - 1)));
    }
}
