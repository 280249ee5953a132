namespace Dictation.Speech.Normalization.Finnish;

/// <summary>A number with a fraction of one character: <c>2½</c>.</summary>
internal sealed class MixedNumberReading : IQuantityReading
{
    public bool TryRead(FinnishCursor c, Quantity quantity)
    {
        var at = c.SkipSpaces(c.At);
        var part = c.Peek(at) switch
        {
            '½' => "puoli",
            '¼' => "yksi neljäsosa",
            '¾' => "kolme neljäsosaa",
            '⅓' => "yksi kolmasosa",
            '⅔' => "kaksi kolmasosaa",
            _ => "",
        };
        if (part.Length == 0 || !quantity.IsWhole)
        {
            return false;
        }

        c.Builder.Say(quantity.IsOne && part == "puoli" ? "puolitoista" : $"{FinnishNumbers.Cardinal(FinnishNumbers.Parse(quantity.Digits))} ja {part}", quantity.Start);
        c.At = at + 1;
        MeasureWords.SayUnitOfFraction(c);
        return true;
    }
}
