using System.Text.RegularExpressions;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>Words that cost a second reading, and names that were replaced, stay out of code, tests and docs.</summary>
public sealed partial class ProseTests
{
    private static readonly string[] Folders = ["src", "tests", "build", "docs", "deploy", "samples"];
    private static readonly string[] Endings = [".cs", ".md", ".mjs", ".props", ".targets", ".csproj", ".yml", ".yaml"];

    [Test]
    public void Files_OfTheRepository_HoldNoArchaicWordAndNoOldName()
    {
        var found = Files().SelectMany(f => File.ReadLines(f).Index()
            .Where(l => Archaic().IsMatch(l.Item) || OldName().IsMatch(l.Item))
            .Select(l => $"{Path.GetRelativePath(Repository.Root, f)}:{l.Index + 1}: {l.Item.Trim()}"));
        Assert.That(found, Is.Empty);
    }

    [TestCase("the times are reckoned", ExpectedResult = true)]
    [TestCase("spoken Anew", ExpectedResult = true)]
    [TestCase("amended", ExpectedResult = false)]
    [TestCase("renewal", ExpectedResult = false)]
    public bool Archaic_InALine_IsFound(string line) => Archaic().IsMatch(line);

    [TestCase("new LargeFigures(clock)", ExpectedResult = true)]
    [TestCase("FROM PracticeQuarters", ExpectedResult = true)]
    [TestCase("ITtsTaskRepository.AddAsync", ExpectedResult = true)]
    [TestCase("TtsTaskPersistenceTests", ExpectedResult = false)]
    public bool OldName_InALine_IsFound(string line) => OldName().IsMatch(line);

    /// <summary>Decisions that were written before keep their words; so does what was generated from elsewhere, and this list itself.</summary>
    private static IEnumerable<string> Files() => Folders
        .Select(f => Path.Combine(Repository.Root, f))
        .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
        .Where(f => Endings.Contains(Path.GetExtension(f)) && !Skipped().IsMatch(f.Replace('\\', '/')) && Path.GetFileName(f) != $"{nameof(ProseTests)}.cs");

    [GeneratedRegex(@"\b(reckon(s|ed|ing)?|anew|heed(s|ed)?|mend(s|ed|ing)?|whoever|comes? to be|came to be|of (itself|themselves)|beforehand)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Archaic();

    [GeneratedRegex(@"\b(TtsTaskMonitor|StoreOutage|TaskFeed|UnusedSpeech|Housekeeper|QueueWatch|OnnxTtsEngine|OperatorsSentence|SetAside|TakeUp|LayDown|FinnishScanner|BeginStart"
        + @"|KeptSqliteConnection|SharedWrites|WriteGate|LargeFigures|SpeechRows|TieAsync|LetGoAsync|UnusedAudio|PracticeQuarters?|I?TtsTaskRepository)\b")]
    private static partial Regex OldName();

    [GeneratedRegex(@"/(bin|obj|node_modules|BuiltIn|Listening|sherpa)/|/docs/adr/00(0\d|1[0-5])-|MODEL_CARD")]
    private static partial Regex Skipped();
}
