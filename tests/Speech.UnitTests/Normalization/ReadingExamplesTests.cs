
namespace Dictation.Speech.UnitTests.Normalization;

/// <summary>Each reading of each language, by the table of examples that it carries.</summary>
[TestFixture]
public sealed class ReadingExamplesTests
{
    private static readonly TextNormalizers Normalizers = new();

    private static IEnumerable<TestCaseData> Examples() =>
        from language in TextNormalizers.WithReadings
        from reading in language.All
        from example in reading.Examples
        select new TestCaseData(language.Language, example.Written, example.Spoken).SetArgDisplayNames(language.Language, reading.Subject, example.Written);

    [TestCaseSource(nameof(Examples))]
    public void Normalize_Example_IsSaidAsTheTableSays(string language, string written, string spoken) =>
        Assert.That(Normalizers.For(language, voiceReadsDigits: false).Normalize(written).Text, Is.EqualTo(spoken));

    [TestCaseSource(nameof(Examples))]
    public void Normalize_WhatIsSaid_StaysAsItIs(string language, string written, string spoken) =>
        Assert.That(Normalizers.For(language, voiceReadsDigits: false).Normalize(spoken).Text, Is.EqualTo(spoken), written);

    [Test]
    public void Readings_OfEachLanguage_HaveExamples() =>
        Assert.That(TextNormalizers.WithReadings.SelectMany(language => language.All).Where(reading => reading.Examples.Count == 0).Select(reading => reading.Subject), Is.Empty);
}
