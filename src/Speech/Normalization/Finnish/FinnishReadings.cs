using Dictation.Speech.Sentences;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>How Finnish is read.</summary>
/// <remarks>
/// Where usage varies: a range is said "-sta -Vn" (<c>5–10 km</c>, <c>klo 8–16</c>, <c>8.–10. toukokuuta</c>), as a newsreader says it, but one of years
/// with "viiva"; one or two decimals are a number, more (or with a leading zero) digits; so are more than nine digits without separators.
/// </remarks>
internal static class FinnishReadings
{
    public static LanguageReadings Language { get; } = new(
        "fi",
        "Finnish",
        new SentenceRules(FinnishAbbreviations.Leading, FinnishAbbreviations.BeforeNumbers, FinnishAbbreviations.Closing, FinnishLabels.All, ordinalStop: true),
        [
            new ElectronicAddressReading(),
            new TimeReading(onlyAnnounced: true),
            new DateReading(),
            new TimeReading(),
            new TelephoneReading(),
            new IdentifierReading(),
            new RatioReading(),
            new FractionReading(),
            new OrdinalReading(),
            new RangeReading(),
            new MoneyReading(),
            new MeasureReading(),
            new CompoundReading(),
            new DecimalReading(),
            new CardinalReading(),
        ],
        [
            new ElectronicAddressReading(),
            new IdentifierReading(),
            new AbbreviationReading(),
            new WeekdayReading(),
            new RomanNumeralReading(),
            new LettersReading(),
            new WordReading(),
        ],
        [new TelephoneReading(), new MoneyReading(), new SignedNumberReading(), new SymbolReading(), new PunctuationReading()])
    {
        Ordinal = number => number <= FinnishNumbers.Max ? FinnishNumbers.Ordinal(number) : null,
    };
}
