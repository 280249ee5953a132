namespace Dictation.Speech.Normalization.English;

/// <summary>How English is read.</summary>
/// <remarks>
/// One reader for all regions, as languages are told by their primary code: numeric dates stand in the American order (month first) where both
/// are possible, units are spelled the American way, "and" stands before the tens of whole numbers.
/// </remarks>
internal static class EnglishReadings
{
    public static LanguageReadings Language { get; } = new(
        "en",
        "English",
        EnglishSentences.Rules,
        [
            new ElectronicAddressReading(),
            new TelephoneReading(),
            new DateReading(),
            new TimeReading(),
            new StreetAddressReading(),
            new IdentifierReading(),
            new FractionReading(),
            new OrdinalReading(),
            new MoneyReading(),
            new RangeReading(),
            new MeasureReading(),
            new DecimalReading(),
            new CardinalReading(),
        ],
        [
            new ElectronicAddressReading(),
            new DateReading(),
            new MoneyReading(),
            new AbbreviationReading(),
            new RomanNumeralReading(),
            new LettersReading(),
            new WordReading(),
        ],
        [
            new TelephoneReading(),
            new MoneyReading(),
            new DateReading(),
            new DecimalReading(),
            new SignedNumberReading(),
            new SymbolReading(),
            new PunctuationReading(),
        ]);
}
