namespace Dictation.Speech.Normalization.Finnish;

/// <summary>
/// The readings, in the order in which they are tried at each position: the first that fits says what stands there. The last of each list takes
/// everything, so that the pass always moves on. All patterns are anchored and bounded, so that a text takes time linear in its length.
/// </summary>
internal static class FinnishReadings
{
    private static readonly IFinnishReading[] OfDigits =
    [
        new AddressReading(),
        new ClockReading(onlyAnnounced: true),
        new IsoDateReading(),
        new DateReading(),
        new ClockReading(),
        new TelephoneReading(),
        new RatioReading(),
        new FractionReading(),
        new QuantityReading(),
    ];

    private static readonly IFinnishReading[] OfLetters = [new AddressReading(), new AbbreviationReading(), new WeekdayReading(), new WordReading()];

    private static readonly IFinnishReading[] OfSigns = [new TelephoneReading(), new SignReading(), new SymbolReading(), new PunctuationReading()];

    /// <summary>Reads a whole text.</summary>
    public static SpokenText Read(PreparedText prepared)
    {
        var c = new FinnishCursor(prepared);
        while (c.At < c.Text.Length)
        {
            var readings = c.IsDigit(c.At) ? OfDigits : c.IsLetter(c.At) ? OfLetters : OfSigns;
            foreach (var reading in readings)
            {
                if (reading.TryRead(c))
                {
                    break;
                }
            }
        }

        return c.Builder.Build();
    }
}
