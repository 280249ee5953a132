namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Signs before a number.</summary>
internal sealed class SignedNumberReading() : Reading(
    "Signed number",
    ("-5", "miinus viisi"),
    ("Pakkasta oli –12.", "Pakkasta oli miinus kaksitoista."),
    ("+3 °C", "plus kolme celsiusastetta"),
    ("±2", "plus miinus kaksi"),
    ("~20 kpl", "noin kaksikymmentä kappaletta"))
{
    public override bool TryRead(ReadingCursor c)
    {
        var sign = c.Text[c.At];
        if (sign is not ('-' or '−' or '–' or '+' or '±' or '~' or '≈') || !c.IsDigit(c.At + 1) || SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1)
            || (c.Peek(c.At - 1) is '.' or ',' or ')' && sign is not ('~' or '≈')))
        {
            return false;
        }

        c.Builder.Say(sign switch { '+' => "plus", '±' => "plus miinus", '~' or '≈' => "noin", _ => "miinus" }, c.At++);
        return true;
    }
}
