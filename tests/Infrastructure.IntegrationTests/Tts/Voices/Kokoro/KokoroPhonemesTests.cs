using System.Text.RegularExpressions;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.Infrastructure.Tts.Voices.Kokoro;
using Dictation.Speech;
using Dictation.Speech.Markup;
using Dictation.Speech.Reading;

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

    // The service reads a text, and speaks it sentence by sentence; a sentence of one run is joined to the next by a blank.
    [TestCaseSource(nameof(Goldens))]
    public void Read_ByTheService_GivesThePhonemesOfThePort(KokoroFolder.Golden golden)
    {
        // White space is one blank here.
        Assume.That(golden.Text, Does.Not.Contain("  "));
        var voice = _folder.Speaker(golden.Voice)!;
        var read = new VoiceReader(new TextNormalizers(), new TtsOptions()).Read(SpeechScript.Parse(golden.Text), ReadingOptions.Default, "en", voice);

        var phonemes = string.Join(' ', read.Segments.Select(segment => _folder.TokenizerOf(golden.Voice).Phonemes(segment.Segment.Text)));

        // A text of marks alone is no segment, and heard as a short silence.
        Assert.That(phonemes, Is.EqualTo(golden.Phonemes.Any(char.IsLetter) ? golden.Phonemes : ""));
    }

    [GeneratedRegex(@"[\d$£€%+<>#*@~^|\\/&😀❤\n]|\p{So}")]
    private static partial Regex Touched();
}
