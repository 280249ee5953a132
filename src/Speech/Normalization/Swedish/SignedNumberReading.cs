namespace Dictation.Speech.Normalization.Swedish;

/// <summary>The minus of a number.</summary>
internal sealed class SignedNumberReading() : Reading(
    "Signed number",
    ("-5", "minus fem"),
    ("−3 till 4", "minus tre till fyra"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (c.Text[c.At] is not ('-' or '−' or '–') || SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1)
            || c.Peek(c.At - 1) is ')' or '-' or '–' or '%' || !c.IsDigit(c.At + 1))
        {
            return false;
        }

        c.Builder.Say("minus", c.At++);
        return true;
    }
}
