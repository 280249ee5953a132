using System.Text.RegularExpressions;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>Reads an amount by what stands behind it.</summary>
internal interface IQuantityReading
{
    /// <summary>Says the amount, and moves the cursor, which stands behind it; otherwise leaves the cursor as it was.</summary>
    bool TryRead(FinnishCursor c, Quantity quantity);
}

/// <summary>Every number that no other reading takes: by what follows it, by its own ending (<c>21:ssä</c>), or as a cardinal.</summary>
internal sealed partial class QuantityReading : IFinnishReading
{
    private static readonly IQuantityReading[] Readings = [new MixedNumberReading(), new OrdinalReading(), new MeasureRangeReading(), new MeasureReading()];

    public bool TryRead(FinnishCursor c)
    {
        var quantity = Quantity.Read(c);
        foreach (var reading in Readings)
        {
            if (reading.TryRead(c, quantity))
            {
                return true;
            }
        }

        var ending = c.ReadEnding();
        if (ending.Length > 0)
        {
            QuantityWords.SayWithEnding(c, quantity, ending);
            return true;
        }

        var word = !quantity.IsSpelled ? NextWordPattern().Match(c.Text, c.At) : Match.Empty;
        QuantityWords.Say(c, quantity, word.Success ? FinnishEndings.OfCardinalBefore(word.Groups[1].Value) : FinnishCase.Nominative);
        SaySeparator(c);
        return true;
    }

    // Between the parts of 1.2.3, 1,2,3, 7/2026 and 3 x 4.
    private static void SaySeparator(FinnishCursor c)
    {
        if (c.Peek(c.At) == '.' && c.IsDigit(c.At + 1))
        {
            c.Builder.Say("piste", c.At++);
        }
        else if (c.Peek(c.At) == '/' && c.IsDigit(c.At + 1))
        {
            c.Builder.Say("kautta", c.At++);
        }
        else if (c.SkipSpaces(c.At) is var times && c.Peek(times) == 'x' && c.IsDigit(c.SkipSpaces(times + 1)))
        {
            c.Builder.Say("kertaa", times);
            c.At = times + 1;
        }
    }

    [GeneratedRegex(@"\G (\p{Ll}{2,40})(?!\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex NextWordPattern();
}
