using System.Text.Json;
using System.Text.Json.Nodes;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech.Normalization;
using Dictation.Speech.Segmentation;
using Dictation.Speech.Tokenization;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>
/// The ids of <c>en_US-joe-medium</c> held against those of piper-tts 1.8.0, which carries espeak-ng 1.52. Every difference is named and counted, so that
/// a new one fails.
/// </summary>
[NonParallelizable]
public sealed class PiperGoldenTests
{
    /// <summary>An ellipsis is heard as a comma where more follows; Piper glues the words together.</summary>
    private static readonly Dictionary<string, string[]> Chosen = new()
    {
        ["mixed-terminators"] = ["wˌʌt?", "ɹˈiəli, jˈɛs!"],
        ["ellipsis-middle"] = ["wˈɛl, aɪ duːnˌɑːt nˈoʊ."],
        ["ellipsis-char"] = ["wˈɛl, mˈeɪbiː."],
    };

    /// <summary>What espeak-ng 1.51 reads otherwise, beside glides and the o before r: behind a heart it loses the rest.</summary>
    private static readonly Dictionary<string, string[]> OfTheVersion = new() { ["emoji"] = ["aɪ lˈʌv ɪt ɡɹˈɪnɪŋ fˈeɪs sˈoʊ mˌʌtʃ ɹˈɛd!"] };

    private PiperPhonemes _phonemes = null!;
    private PiperTokenizer _tokenizer = null!;

    [OneTimeSetUp]
    public void SetUp()
    {
        Espeak.Require();
        var map = JsonNode.Parse(File.ReadAllText(Fixture("en_US-joe-medium.onnx.json")))!["phoneme_id_map"].Deserialize<Dictionary<string, long[]>>()!;
        _phonemes = new PiperPhonemes(map, new Dictionary<string, string[]>(), []);
        _tokenizer = new PiperTokenizer(_phonemes, EspeakPhonemizer.For("en-us"));
    }

    [Test]
    public void TokenizeSentences_OfTheGoldens_GivesTheirIds()
    {
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            foreach (var golden in Goldens())
            {
                var (name, expected) = ((string)golden["name"]!, golden["ids"].Deserialize<List<long[]>>()!);
                var ids = _tokenizer.TokenizeSentences((string)golden["text"]!).Select(s => s.Ids).ToList();
                if (Difference(name, ids, expected) is { } kind)
                {
                    kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
                }
                else
                {
                    Assert.Fail($"{name}: {string.Join(" | ", ids.Select(Text))}\nexpected {string.Join(" | ", expected.Select(Text))}");
                }
            }
        });

        var counts = string.Join(", ", kinds.Select(k => $"{k.Key} {k.Value}"));
        TestContext.Out.WriteLine(counts);
        if (EspeakNg.Identity!.Value.Version.StartsWith("1.51", StringComparison.Ordinal))
        {
            Assert.That(counts, Is.EqualTo("chosen 3, equal 37, glide 4, glide and o before r 1, heart 1, o before r 6"));
        }
    }

    /// <summary>In the service a text comes in segments, each phonemised by itself.</summary>
    [Test]
    public void Segments_OfTheGoldens_AreTheSentencesOfTheWholeText()
    {
        foreach (var golden in Goldens())
        {
            // A line break ends a sentence in this service.
            var spoken = new WrittenTextNormalizer().Normalize(((string)golden["text"]!).Replace('\n', ' '));
            var segments = TextSegmenter.Split(spoken, 300, _tokenizer.SentenceEnds(spoken.Text));

            Assert.That(
                segments.Select(s => _tokenizer.Tokenize(s.Text)).Where(t => t.Speakable).Select(t => t.Ids),
                Is.EqualTo(_tokenizer.TokenizeSentences(spoken.Text).Select(s => s.Ids)),
                (string)golden["name"]!);
        }
    }

    [TestCase("He was 1st, she 5th.")]
    [TestCase("Use tools, e.g. hammers, at 3 p.m. today.")]
    [TestCase("See example.com or write to a@b.org, please.")]
    [TestCase("James St. 5 is near.")]
    [TestCase("It’s -5 °C, $3.50 & 1,000,000 (or ½)!")]
    [TestCase("AND THEN… O'Neil's 21st!")]
    public void Segments_OfWhatEspeakReadsByItself_AreAsItReadsThem(string text)
    {
        var spoken = new WrittenTextNormalizer().Normalize(text);
        var segments = TextSegmenter.Split(spoken, 300, _tokenizer.SentenceEnds(spoken.Text));

        Assert.That(
            string.Concat(segments.Select(s => Text(_tokenizer.Tokenize(s.Text).Ids))).Split(' ', ',', '.', '!', '?').Where(w => w.Length > 0),
            Is.EqualTo(EspeakNg.Read("en-us", text).SelectMany(c => c.Phonemes.Split(' ')).Where(w => w.Length > 0)));
    }

    [Test]
    public void Heard_WithTheDurationsOfTheGoldens_RisesAndCoversTheWords()
    {
        var texts = Goldens().ToDictionary(g => (string)g["name"]!, g => (string)g["text"]!);
        var timed = 0;
        foreach (var golden in Lines("durations.jsonl"))
        {
            var name = (string)golden["name"]!;
            var tokens = _tokenizer.TokenizeSentences(texts[name])[(int)golden["sentence"]!];
            if (!tokens.Ids.SequenceEqual(golden["ids"].Deserialize<long[]>()!))
            {
                continue;
            }

            timed++;
            var frames = golden["frames"].Deserialize<int[]>()!;
            var times = new VoiceTokens(tokens.Ids, tokens.Speakable, tokens.Unknown, tokens.Heard, tokens.Symbols).Times(frames, (int)golden["hop"]!)!;
            Assert.Multiple(() =>
            {
                AssertRises(tokens, texts[name]);
                Assert.That(times.Zip(times.Skip(1)).All(p => p.Second.Start >= p.First.Start && p.Second.Start >= p.First.End && p.First.End >= p.First.Start), name);
                Assert.That(times[^1].End, Is.LessThanOrEqualTo((int)golden["samples"]!));
                Assert.That(Unheard(tokens), Is.Empty, name);
            });
        }

        Assert.That(timed, Is.GreaterThanOrEqualTo(20));
    }

    [Test]
    public void Heard_OfTheGoldens_RisesAndIsEveryPhonemesWord()
    {
        foreach (var golden in Goldens())
        {
            foreach (var tokens in _tokenizer.TokenizeSentences((string)golden["text"]!))
            {
                AssertRises(tokens, (string)golden["text"]!);
                Assert.That(Unheard(tokens), Is.Empty, (string)golden["name"]!);
            }
        }
    }

    // The phonemes of each word, told apart by hand.
    [TestCase("I do not know 25 cats, do you?", "I=aɪ|do=duː|not=nˌɑːt|know=nˈoʊ|25=twˈɛnti fˈaɪv|cats=kˈæts|do=dˈuː|you=juː")]
    [TestCase("It costs $3.50 (about 20%).", "It=ɪt|costs=kˈɔsts|$3.50=dˈɑːlɚ θɹˈiː pɔɪnt fˈaɪv zˈiəɹoʊ|about=ɐbˌaʊt|20=twˈɛnti pɚsˈɛnt")]
    [TestCase("Open JavaScript in GitHub — 😀 now", "Open=ˈoʊpən|JavaScript=dʒˈɑːvə skɹˈɪpt|in=ɪn|GitHub=ɡˈɪt hˈʌb|😀=ɡɹˈɪnɪŋ fˈeɪs|now=nˈaʊ")]
    [TestCase("Say [[həlˈoʊ wˈɜːld]], 1st!", "Say=sˈeɪ|həlˈoʊ wˈɜːld=həlˈoʊ wˈɜːld|1st=fˈɜːst")]
    [TestCase("one", "one=wˈʌn")]
    public void Heard_WordsReadAsSeveralOrJoined_AreEachHeardAsTheirOwn(string text, string expected)
    {
        var tokens = _tokenizer.Tokenize(text);

        Assert.That(string.Join('|', tokens.Heard.Select(h => $"{text.Substring(h.Character, h.Characters)}={Text(tokens.Ids[h.FirstId..h.EndId])}")), Is.EqualTo(expected));
    }

    private static void AssertRises(PiperTokens tokens, string text)
    {
        Assert.That(tokens.Heard, Is.Not.Empty);
        var (character, id) = (0, 2);
        foreach (var span in tokens.Heard)
        {
            Assert.That(span.Character, Is.GreaterThanOrEqualTo(character), text);
            Assert.That(span.FirstId, Is.GreaterThanOrEqualTo(id), text);
            Assert.That(span.EndId, Is.GreaterThan(span.FirstId), text);
            (character, id) = (span.Character + span.Characters, span.EndId);
        }

        Assert.That(character, Is.LessThanOrEqualTo(text.Length));
        Assert.That(id, Is.LessThan(tokens.Ids.Length));
    }

    /// <summary>Phonemes that are heard as no word: only marks, spaces and the two ends may be.</summary>
    private string Unheard(PiperTokens tokens) => Text([.. tokens.Ids.Where((_, i) => !tokens.Heard.Any(h => i >= h.FirstId && i < h.EndId))]).Trim(' ', ',', '.', ':', ';', '?', '!');

    /// <summary>How the ids of a text differ from Piper's; null where nobody has named it.</summary>
    private string? Difference(string name, List<long[]> ids, List<long[]> expected) =>
        Same(ids, expected) ? "equal"
        : Same(WithoutGlide(ids), WithoutGlide(expected)) ? "glide"
        : Same(WithOpenO(ids), WithOpenO(expected)) ? "o before r"
        : Same(WithOpenO(WithoutGlide(ids)), WithOpenO(WithoutGlide(expected))) ? "glide and o before r"
        : Chosen.TryGetValue(name, out var chosen) && Same(ids, [.. chosen.Select(IdsOf)]) ? "chosen"
        : OfTheVersion.TryGetValue(name, out var read) && Same(ids, [.. read.Select(IdsOf)]) ? "heart"
        : null;

    private static bool Same(List<long[]> a, List<long[]> b) => a.Count == b.Count && a.Zip(b).All(p => p.First.SequenceEqual(p.Second));

    private List<long[]> WithoutGlide(List<long[]> sentences) => [.. sentences.Select(s => IdsOf(Text(s).Replace("ʲ", "", StringComparison.Ordinal)))];

    private List<long[]> WithOpenO(List<long[]> sentences) => [.. sentences.Select(s => IdsOf(Text(s).Replace("oːɹ", "ɔːɹ", StringComparison.Ordinal)))];

    /// <summary>Of phonemes that are written down: each is a letter to a voice without a phonemiser.</summary>
    private long[] IdsOf(string phonemes) => new PiperTokenizer(_phonemes, null).Tokenize(phonemes).Ids;

    private string Text(long[] ids) => string.Concat(ids.Skip(ids is [1, ..] ? 2 : 0).Where(id => id != 0 && id != 2).Select(id => Names[id]));

    private Dictionary<long, string> Names => field ??= JsonNode.Parse(File.ReadAllText(Fixture("en_US-joe-medium.onnx.json")))!["phoneme_id_map"]
        .Deserialize<Dictionary<string, long[]>>()!.GroupBy(p => p.Value[0]).ToDictionary(g => g.Key, g => g.First().Key);

    private static IEnumerable<JsonNode> Goldens() => Lines("goldens.jsonl");

    private static IEnumerable<JsonNode> Lines(string file) => File.ReadLines(Fixture(file)).Select(l => JsonNode.Parse(l)!);

    private static string Fixture(string file) => Repository.File($"tests/Fixtures/piper/{file}");
}
