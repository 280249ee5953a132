namespace Dictation.Speech.Normalization.English;

/// <summary>Numbers with a decimal point, and with a large number's name.</summary>
internal sealed class DecimalReading() : Reading(
    "Decimal",
    ("3.14", "three point one four"),
    ("0.5", "zero point five"),
    (".25", "point two five"),
    ("2.00", "two point zero zero"),
    ("1,234.5", "one thousand two hundred and thirty-four point five"),
    ("100 million", "one hundred million"),
    ("version 1.2.10", "version one point two point ten"))
{
    public override bool TryRead(ReadingCursor c)
    {
        if (c.Peek(c.At) == '.' ? !c.IsDigit(c.At + 1) || c.Peek(c.At - 1) == '.'
            || SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1) : !c.IsDigit(c.At))
        {
            return false;
        }

        var number = EnglishNumeral.Read(c.Text, c.At);
        var (magnitude, end) = EnglishMagnitudes.At(c.Text, number.End, behindMoney: false);
        if (number.Decimals.Length == 0 && magnitude.Length == 0 && number.Whole.Length > 0)
        {
            return false;
        }

        if (number.Whole.Length == 0 && number.Decimals.Length == 0)
        {
            return false;
        }

        c.Builder.Say(number.InWords(), c.At);
        c.At = number.End;
        if (magnitude.Length > 0)
        {
            c.Builder.Say(magnitude, c.SkipSpace(number.End));
            c.At = end;
        }

        return true;
    }
}
