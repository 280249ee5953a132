namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Signs before a number: <c>€5</c>, <c>-3</c>, <c>~20</c>.</summary>
internal sealed class SignReading : IFinnishReading
{
    public bool TryRead(FinnishCursor c)
    {
        var sign = c.Text[c.At];
        if (FinnishUnits.TryReadSign(sign, out var currency) && c.IsDigit(c.SkipSpaces(c.At + 1)) && !c.IsDigit(c.At - 1))
        {
            c.At = c.SkipSpaces(c.At + 1);
            var quantity = Quantity.Read(c);
            MeasureWords.Say(c, quantity, currency, quantity.Start);
            return true;
        }

        if (sign is not ('-' or '−' or '–' or '+' or '±' or '~' or '≈') || !c.IsDigit(c.At + 1) || SpokenPunctuation.IsWordCharacter(c.Text, c.At - 1)
            || (c.Peek(c.At - 1) is '.' or ',' && sign is not ('~' or '≈')))
        {
            return false;
        }

        c.Builder.Say(sign switch { '+' => "plus", '±' => "plus miinus", '~' or '≈' => "noin", _ => "miinus" }, c.At++);
        return true;
    }
}
