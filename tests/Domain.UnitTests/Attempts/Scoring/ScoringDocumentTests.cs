using System.Globalization;
using System.Text.Json;
using Dictation.Domain.Attempts.Scoring;

namespace Dictation.Domain.UnitTests.Attempts.Scoring;

/// <summary>What docs/scoring.md says is true.</summary>
public sealed class ScoringDocumentTests
{
    private static readonly ScoringProfile[] Profiles = [ScoringProfile.Strict, ScoringProfile.Standard, ScoringProfile.Lenient];

    /// <summary>A slip of each kind, in Finnish where the row says so.</summary>
    private static readonly Dictionary<string, (string Locale, string Reference, string Attempt)> Slips = new()
    {
        ["`case`"] = ("fi", "Anna", "anna"),
        ["`punctuation`"] = ("fi", "linja-auto", "linjaauto"),
        ["`apostrophe`"] = ("en", "don't", "dont"),
        ["`boundary`"] = ("fi", "linja-auto", "linja auto"),
        ["`typo`"] = ("fi", "koira", "kiora"),
        ["`diacritic`"] = ("sv", "här", "har"),
        ["`diacritic` in Finnish"] = ("fi", "pöytä", "poyta"),
        ["`length` in Finnish"] = ("fi", "tuuli", "tuli"),
        ["`wrong_word`"] = ("fi", "kissa", "koira"),
        ["`missing`"] = ("fi", "kissa", ""),
        ["`extra`"] = ("fi", "", "kissa"),
    };

    [TestCaseSource(nameof(Examples))]
    public void Example_OfTheDocument_ScoresWhatItSays(string said, string written, string strict, string standard, string lenient) =>
        Assert.That(Profiles.Select(p => $"{AttemptScorer.Score(said, written, "fi", p).Score}"), Is.EqualTo(new[] { strict, standard, lenient }));

    [TestCaseSource(nameof(Kinds))]
    public void Kind_OfTheDocument_EarnsWhatItSays(string kind, string meaning, string strict, string standard, string lenient)
    {
        var (locale, reference, attempt) = Slips[kind];
        var words = Profiles.Select(p => AttemptScorer.Score(reference, attempt, locale, p).Alignment[0]).ToList();
        var credits = words.Select(w => w.Credit switch { 0.5 => "½", var credit => credit.ToString(CultureInfo.InvariantCulture) });
        Assert.Multiple(() =>
        {
            Assert.That(meaning, Is.Not.Empty);
            Assert.That(words.Select(w => $"`{JsonNamingPolicy.SnakeCaseLower.ConvertName($"{w.Kind}")}`"), Is.All.EqualTo(kind.Split(' ')[0]));
            Assert.That(credits, Is.EqualTo(new[] { strict, standard, lenient }.Select(c => c.StartsWith("less", StringComparison.Ordinal) ? "0" : c)));
        });
    }

    [Test]
    public void Kinds_OfTheDocument_AreAll() =>
        Assert.That(Kinds().Select(r => r[0]), Is.EquivalentTo(Slips.Keys));

    private static IEnumerable<string[]> Examples() => Rows("Said");

    private static IEnumerable<string[]> Kinds() => Rows("Kind");

    /// <summary>The rows of the table whose first column has this head.</summary>
    private static IEnumerable<string[]> Rows(string head) =>
        File.ReadLines(Document())
            .SkipWhile(line => !line.StartsWith($"| {head} |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    private static string Document()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "Dictation.sln")))
        {
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return Path.Combine(directory, "docs", "scoring.md");
    }
}
