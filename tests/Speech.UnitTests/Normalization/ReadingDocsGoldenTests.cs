using System.Text;

namespace Dictation.Speech.UnitTests.Normalization;

/// <summary>docs/reading.md: what is read how, from the tables of the readings.</summary>
[TestFixture]
public sealed class ReadingDocsGoldenTests
{
    [Test]
    public void Reading_OfEachLanguage_IsWhatTheDocsSay_Golden()
    {
        var text = new StringBuilder(
            """
            # What is read how

            Generated from the tables of examples that each reading carries in `src/Speech/Normalization`; a test keeps this page equal to them. Any text
            is shown as it will be said by `POST /api/v1/tts/normalize`.

            A reading is a class of written things: times, measures, abbreviations. At each position of a text the readings of its language are tried in
            the order of this page, and the first that fits says what stands there. A lexicon comes before all of them.

            """);
        foreach (var language in TextNormalizers.WithReadings)
        {
            text.Append('\n').Append("## ").Append(language.Name).Append('\n');
            foreach (var reading in language.All)
            {
                text.Append("\n### ").Append(reading.Subject).Append("\n\n| written | said |\n| --- | --- |\n");
                foreach (var example in reading.Examples)
                {
                    text.Append("| ").Append(Cell(example.Written)).Append(" | ").Append(Cell(example.Spoken)).Append(" |\n");
                }
            }
        }

        GoldenFile.AssertEqual("docs/reading.md", text.ToString());
    }

    private static string Cell(string text) => text
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("*", "\\*", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal)
        .Replace("\n", " / ", StringComparison.Ordinal);
}
