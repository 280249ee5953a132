namespace Dictation.Speech.Normalization.Swedish;

/// <summary>How Swedish is read.</summary>
/// <remarks>
/// Dates stand in the order of day and month; years from 2010 on are read in pairs (<c>tjugotjugosex</c>), earlier ones in hundreds; up to three
/// decimals are a number; telephone numbers are read in their groups.
/// </remarks>
internal static class SwedishReadings
{
    public static LanguageReadings Language { get; } = new(
        "sv",
        "Swedish",
        SwedishSentences.Rules,
        [
            new ElectronicAddressReading(),
            new DateReading(),
            new TimeReading(),
            new TelephoneReading(),
            new FractionReading(),
            new OrdinalReading(),
            new RangeReading(),
            new MoneyReading(),
            new MeasureReading(),
            new DecimalReading(),
            new CardinalReading(),
        ],
        [
            new ElectronicAddressReading(),
            new MoneyReading(),
            new AbbreviationReading(),
            new RomanNumeralReading(),
            new LettersReading(),
            new WordReading(),
        ],
        [new TelephoneReading(), new MoneyReading(), new SignedNumberReading(), new SymbolReading(), new PunctuationReading()]);
}
