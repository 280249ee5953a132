using System.Text.RegularExpressions;
using Dictation.Infrastructure.Tts.Voices.Kokoro;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices.Kokoro;

/// <summary>Phonemes and ids against kokoro-js 1.2.1, for texts that its own reading of numbers and signs does not touch.</summary>
[TestFixture]
public sealed partial class KokoroPhonemesTests
{
    private readonly TemporaryDirectory _directory = new();
    private KokoroVoiceFolder _folder = null!;

    // espeak-ng 1.51 says "Yeah" otherwise; raw phonemes are read as such here; abbreviations and capitals are read by rules of the port's own.
    private static readonly string[] Others = ["Yeah", "[[", "Dr.", "Mrs.", "e.g.", "U.S.", "etc.", "\uFFFD", "http", "@"];

    private static IEnumerable<TestCaseData> Goldens() => KokoroFolder.Goldens
        .Where(golden => !Touched().IsMatch(golden.Text) && !Others.Any(other => golden.Text.Contains(other, StringComparison.Ordinal)))
        .Select(golden => new TestCaseData(golden).SetArgDisplayNames(golden.Voice, golden.Text));

    [OneTimeSetUp]
    public void Read() => _folder = (KokoroVoiceFolder)KokoroFolder.Read(KokoroFolder.Copy("onnx-community", _directory.Path));

    [OneTimeTearDown]
    public void Remove() => _directory.Dispose();

    [TestCaseSource(nameof(Goldens))]
    public void Tokenize_Text_GivesThePhonemesAndIdsOfThePort(KokoroFolder.Golden golden)
    {
        var tokenizer = _folder.TokenizerOf(golden.Voice);

        Assert.That(tokenizer.Phonemes(golden.Text), Is.EqualTo(golden.Phonemes));
        Assert.That(tokenizer.Tokenize(golden.Text)[0].Ids, Is.EqualTo(golden.Ids));
    }

    [GeneratedRegex(@"[\d$£€%+<>#*@~^|\\/&😀❤\n]|\p{So}")]
    private static partial Regex Touched();
}
