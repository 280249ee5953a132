namespace Dictation.Speech.Normalization.English;

/// <summary>The minus of a number.</summary>
internal sealed class SignedNumberReading() : Reading(
    "Signed number",
    ("-0.5", "minus zero point five"),
    ("from −3 to 4", "from minus three to four"),
    ("there -0.4 kg", "there minus zero point four kilograms"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (c.Text[c.At] is not ('-' or '−' or '–') || SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1)
            || c.Peek(c.At - 1) is ')' or '-' or '–' or '%')
        {
            return false;
        }

        var next = EnglishCurrencies.At(c.Text, c.At + 1) is { } found && !c.IsLetter(c.At + 1) ? c.At + 1 + found.Length : c.At + 1;
        if (!c.IsDigit(next) && !(c.Peek(next) == '.' && c.IsDigit(next + 1)))
        {
            return false;
        }

        c.Builder.Say("minus", c.At++);
        return true;
    }
}
