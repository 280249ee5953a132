using System.Text.Json;
using Dictation.Speech.Tokenization;

namespace Dictation.Speech.UnitTests.Tokenization;

/// <summary>The ids that transformers' VitsTokenizer gives, for eight configurations.</summary>
public class VitsTokenizerGoldenTests
{
    private const string LetterPad = "letter-pad";

    private static string Root => Repository.File("tests/Fixtures/mms/tokens");

    private static IEnumerable<TestCaseData> Rows => Directory.EnumerateDirectories(Root).Order(StringComparer.Ordinal).SelectMany(directory =>
        File.ReadLines(Path.Combine(directory, "expected.jsonl")).Select((line, row) => new TestCaseData(Path.GetFileName(directory), line).SetArgDisplayNames(Path.GetFileName(directory), $"{row}")));

    [Test]
    public void Rows_AreAllThere() => Assert.That(Rows.Count(), Is.EqualTo(376));

    [TestCaseSource(nameof(Rows))]
    public void Tokenize_TextAlone_GivesPythonsIds(string tokens, string line)
    {
        var (input, expected) = Read(line);

        // Where the blank is a letter, the product speaks another form; the test below has both.
        var tokenized = Tokenizer(tokens, pythonForm: tokens == LetterPad).Tokenize(input);

        Assert.Multiple(() =>
        {
            Assert.That(tokenized.Ids, Is.EqualTo(expected));
            Assert.That(tokenized.Sources, Has.Length.EqualTo(tokenized.Places.Length).And.Ordered);
            Assert.That(tokenized.Places.Select(place => tokenized.Ids[place]), Is.EqualTo(Tokenizer(tokens, pythonForm: tokens == LetterPad, addBlank: false).Tokenize(input).Ids));
        });
    }

    [Test]
    public void Tokenize_BlankThatIsALetter_PutsBlanksEverywhereUnlikePython()
    {
        const string Text = "kukka";

        Assert.Multiple(() =>
        {
            Assert.That(Tokenizer(LetterPad, pythonForm: true).Tokenize(Text).Ids, Is.EqualTo(new long[] { 0, 0, 19, 0, 0, 0, 0, 11, 0 }));
            Assert.That(Tokenizer(LetterPad).Tokenize(Text).Ids, Is.EqualTo(new long[] { 0, 0, 0, 19, 0, 0, 0, 0, 0, 11, 0 }), "spoken as trained");
        });
    }

    [Test]
    public void Tokenize_BlankThatIsALetter_DiffersFromPythonOnlyWhereTheLetterIs() => Assert.Multiple(() =>
    {
        foreach (var (input, expected) in File.ReadLines(Path.Combine(Root, LetterPad, "expected.jsonl")).Select(Read))
        {
            var spoken = Tokenizer(LetterPad).Tokenize(input).Ids;
            var isLetter = input.Contains('k', StringComparison.OrdinalIgnoreCase);
            Assert.That(spoken, isLetter ? Has.Length.EqualTo(2 * Tokenizer(LetterPad, addBlank: false).Tokenize(input).Ids.Length + 1) : Is.EqualTo(expected), input);
        }
    });

    [Test]
    public void Constructor_CharacterOutsideTheEmbedding_IsRefused() => Assert.That(
        () => new VitsTokenizer(new Dictionary<string, long> { ["a"] = 0, ["b"] = 2 }, new VitsTokenizerSettings { EmbeddingRows = 2 }),
        Throws.TypeOf<VoiceException>().With.Message.Contains("'b'"));

    [TestCase("b")]
    [TestCase("<unk>")]
    public void Tokenize_TokenOutsideTheEmbedding_IsRefused(string text)
    {
        var tokenizer = new VitsTokenizer(new Dictionary<string, long> { ["a"] = 0, ["<unk>"] = 1 }, new VitsTokenizerSettings { Normalize = false, EmbeddingRows = 1 });

        Assert.Multiple(() =>
        {
            Assert.That(() => tokenizer.Tokenize(text), Throws.TypeOf<VoiceException>().With.Message.Contains("<unk>"));
            Assert.That(tokenizer.Tokenize("a").Ids, Is.EqualTo(new long[] { 0, 0, 0 }));
        });
    }

    private static (string Input, long[] Expected) Read(string line)
    {
        using var row = JsonDocument.Parse(line);
        return (row.RootElement.GetProperty("input").GetString()!, [.. row.RootElement.GetProperty("input_ids").EnumerateArray().Select(id => id.GetInt64())]);
    }

    private static VitsTokenizer Tokenizer(string tokens, bool pythonForm = false, bool? addBlank = null)
    {
        var directory = Path.Combine(Root, tokens);
        var vocabulary = JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllBytes(Path.Combine(directory, "vocab.json")))!;
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(directory, "tokenizer_config.json")));
        return new VitsTokenizer(vocabulary, new VitsTokenizerSettings
        {
            Normalize = config.RootElement.GetProperty("normalize").GetBoolean(),
            AddBlank = addBlank ?? config.RootElement.GetProperty("add_blank").GetBoolean(),
            Language = config.RootElement.GetProperty("language").GetString(),
            PaddingToken = config.RootElement.GetProperty("pad_token").GetString()!,
            UnknownToken = config.RootElement.GetProperty("unk_token").GetString()!,
            PythonForm = pythonForm,
        });
    }
}
