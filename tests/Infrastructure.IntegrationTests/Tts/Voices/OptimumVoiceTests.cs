using System.Text.Json;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Dictation.Speech.Tokenization;
using Google.Protobuf;
using Microsoft.Extensions.Logging.Abstractions;
using Onnx;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>Voices as Optimum exports them, and as repositories for Transformers.js have them, held against PyTorch's own figures.</summary>
public sealed class OptimumVoiceTests
{
    private const string Optimum = "optimum-vits-tiny-quiet", TransformersJs = "transformersjs-vits-tiny";
    private const int Hop = 256;

    private static readonly Golden[] Goldens = [.. File.ReadLines(Path.Combine(LayoutFolder.Source(Optimum), "goldens.jsonl"))
        .Select(line => JsonSerializer.Deserialize<Golden>(line, JsonSerializerOptions.Web)!)];

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void Tokenize_TextsOfTheGoldens_GivesTheirIds([Values(Optimum, TransformersJs)] string layout)
    {
        var folder = LayoutFolder.Copy(LayoutFolder.Source(layout), _directory.Path);
        var tokenizer = Tokenizer(folder);

        Assert.That(Goldens, Has.Length.EqualTo(9));
        Assert.Multiple(() =>
        {
            foreach (var golden in Goldens)
            {
                Assert.That(tokenizer.Tokenize(golden.Text).Ids, Is.EqualTo(golden.Ids), golden.Text);
            }
        });
    }

    [Test]
    public void Speak_TextsOfTheGoldens_LastsAsLongAndIsAsLoud([Values(Optimum, TransformersJs)] string layout)
    {
        var folder = LayoutFolder.Copy(LayoutFolder.Source(layout), _directory.Path);
        var tokenizer = Tokenizer(folder);
        using var voice = LayoutFolder.LoadQuiet(InstalledVoice.Read(folder), text => VoiceTokens.From(tokenizer.Tokenize(text)));

        Assert.Multiple(() =>
        {
            foreach (var golden in Goldens)
            {
                var samples = SpeechTestBed.Samples(voice, golden.Text);
                Assert.That(samples, Has.Length.EqualTo(golden.Samples), golden.Text);
                Assert.That(samples.Select(Math.Abs).DefaultIfEmpty().Max(), Is.EqualTo(golden.Peak).Within(1e-3), golden.Text);
            }
        });
    }

    /// <summary>As the service speaks: runs of spaces become one, and a dash that the voice has not becomes one that it has.</summary>
    [Test]
    public void Speak_AsAService_DiffersOnlyWhereTextsArePrepared()
    {
        using var voice = LayoutFolder.LoadQuiet(InstalledVoice.Read(LayoutFolder.Copy(LayoutFolder.Source(Optimum), _directory.Path)));

        Assert.Multiple(() =>
        {
            foreach (var golden in Goldens)
            {
                Assert.That(SpeechTestBed.Samples(voice, golden.Text), golden.IsPrepared ? Is.Not.Empty : Has.Length.EqualTo(golden.Samples), golden.Text);
            }
        });
    }

    /// <summary>Such a network cannot be cut: it runs whole, and its sound is stretched.</summary>
    [Test]
    public void Speak_AGraphWithoutAnyRate_IsStretched()
    {
        var folder = LayoutFolder.Copy(LayoutFolder.Source(Optimum), _directory.Path);
        var path = Path.Combine(folder, "model.onnx");
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));
        var rounding = model.Graph.Node.Single(n => n.OpType == "Ceil");
        var scaling = model.Graph.Node.Single(n => n.Output.Contains(rounding.Input[0]));
        rounding.Input[0] = scaling.Input.Single(input => !model.Graph.Node.Any(n => n.OpType == "Constant" && n.Output.Contains(input)));
        File.WriteAllBytes(path, model.ToByteArray());
        using var voice = LayoutFolder.LoadQuiet(InstalledVoice.Read(folder));

        var (normal, slow) = (SpeechTestBed.Samples(voice, "hyvää päivää"), SpeechTestBed.Samples(voice, "hyvää päivää", 0.5));
        Assert.Multiple(() =>
        {
            Assert.That(voice.WhyWhole, Is.EqualTo("Its graph takes no rate."));
            Assert.That(slow.Length, Is.EqualTo(2 * normal.Length).Within(200));
        });
    }

    [Test]
    public void Voices_OfBothLayouts_AreOfferedAsTheirFilesSay()
    {
        LayoutFolder.Copy(LayoutFolder.Source(Optimum), _directory.Path);
        LayoutFolder.Copy(LayoutFolder.Source(TransformersJs), _directory.Path);
        var catalog = new VoiceCatalog(new TtsOptions { VoicesDirectory = _directory.Path }, TimeProvider.System, NullLogger<VoiceCatalog>.Instance, KnownVoiceFamilies.Create(new TtsOptions()));

        Assert.Multiple(() =>
        {
            Assert.That(catalog.Problems, Is.Empty);
            foreach (var layout in (string[])[Optimum, TransformersJs])
            {
                Assert.That(catalog.Find(layout), Has.Property("Language").EqualTo("fi").And.Property("SampleRate").EqualTo(16000));
            }
        });
    }

    [TestCase("model.onnx,onnx/model.onnx,onnx/model_quantized.onnx", "model.onnx")]
    [TestCase("onnx/model.onnx,onnx/model_quantized.onnx", "onnx/model.onnx")]
    [TestCase("onnx/model_fp16.onnx,onnx/model_quantized.onnx", "onnx/model_quantized.onnx")]
    [TestCase("onnx/model_quantized.onnx", "onnx/model_quantized.onnx")]
    [TestCase("voice.onnx", "voice.onnx")]
    [TestCase("onnx/model_fp16.onnx,onnx/model_q4.onnx", null)]
    public void Read_SeveralModels_TakesTheFirstByName(string models, string? expected)
    {
        var folder = LayoutFolder.Copy(LayoutFolder.Source(Optimum), _directory.Path);
        File.Move(Path.Combine(folder, "model.onnx"), Path.Combine(folder, "any"));
        foreach (var model in models.Split(','))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, model))!);
            File.Copy(Path.Combine(folder, "any"), Path.Combine(folder, model));
        }

        if (expected is null)
        {
            Assert.That(() => InstalledVoice.Read(folder), Throws.TypeOf<VoiceException>().With.Message.Contains("several models"));
            return;
        }

        Assert.That(InstalledVoice.Read(folder).ModelPath, Is.EqualTo(Path.GetFullPath(Path.Combine(folder, expected))));
    }

    [Test]
    public void Read_TokenizerJsonAlone_GivesTheSameIds()
    {
        var folder = LayoutFolder.Copy(LayoutFolder.Source(TransformersJs), _directory.Path, "mms-tts-fin");
        foreach (var file in (string[])["vocab.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"])
        {
            File.Delete(Path.Combine(folder, file));
        }

        var voice = (VitsVoiceFolder)InstalledVoice.Read(folder);

        Assert.Multiple(() =>
        {
            Assert.That(voice.Voice.Language, Is.EqualTo("fi"), "by the folder's name");
            foreach (var golden in Goldens.Where(g => !g.IsPrepared))
            {
                Assert.That(voice.Tokenize(golden.Text).Ids, Is.EqualTo(golden.Ids), golden.Text);
            }
        });
    }

    [TestCase("\"content\": \"k\"", "\"content\": \"a\"", new long[] { 2, 16, 2, 3, 2, 4, 2 }, Description = "another blank")]
    [TestCase("\"content\": \"k\"", "\"content\": \"\"", new long[] { 16, 3, 4 }, Description = "no blank")]
    public void Read_TokenizerJsonAlone_TakesItsBlank(string from, string to, long[] ids)
    {
        var folder = LayoutFolder.Copy(LayoutFolder.Source(TransformersJs), _directory.Path);
        File.Delete(Path.Combine(folder, "vocab.json"));
        var file = Path.Combine(folder, "tokenizer.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));

        Assert.That(((VitsVoiceFolder)InstalledVoice.Read(folder)).Tokenize("hei").Ids, Is.EqualTo(ids));
    }

    [TestCase("""{"model":{"vocab":{}}}""", "empty")]
    [TestCase("""{"model":{"vocab":{"a":0}},"normalizer":{"type":"Replace","content":"b"}}""", "no id")]
    [TestCase("""{"model":{"vocab":{"a":-1}}}""", "an id")]
    [TestCase("""{"model":{"vocab":{"a":0}},"normalizer":{"normalizers":[1]}}""", "normalizers")]
    [TestCase("""{"model":[]}""", "model")]
    [TestCase("[]", "tokenizer.json")]
    public void Read_TokenizerJsonThatIsBroken_SaysSo(string content, string reason)
    {
        var folder = LayoutFolder.Copy(LayoutFolder.Source(TransformersJs), _directory.Path);
        File.Delete(Path.Combine(folder, "vocab.json"));
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), content);

        Assert.That(() => InstalledVoice.Read(folder), Throws.TypeOf<VoiceException>().With.Message.Contains(reason));
    }

    [Test]
    public void Read_LetterThatTheNetworkDoesNotKnow_SaysSo()
    {
        var folder = LayoutFolder.Copy(LayoutFolder.Source(Optimum), _directory.Path);
        File.WriteAllText(Path.Combine(folder, "vocab.json"), """{"a": 32}""");

        Assert.That(() => InstalledVoice.Read(folder), Throws.TypeOf<VoiceException>().With.Message.Contains("it has 32 rows"));
    }

    /// <summary>Lengths are rounded up, so that a quantised network is off by a frame or two.</summary>
    [Test]
    public void Speak_QuantisedModel_LastsAFrameOrTwoLongerOrShorter()
    {
        var folder = LayoutFolder.Copy(LayoutFolder.Source(TransformersJs), _directory.Path);
        File.Delete(Path.Combine(folder, "onnx", "model.onnx"));
        var tokenizer = Tokenizer(folder);
        using var voice = LayoutFolder.LoadQuiet(InstalledVoice.Read(folder), text => VoiceTokens.From(tokenizer.Tokenize(text)));

        var differences = Goldens.Where(g => g.Ids.Length > 0).Select(g => SpeechTestBed.Samples(voice, g.Text).Length - g.Samples).ToList();

        Assert.That(differences, Is.All.InRange(-2 * Hop, 2 * Hop));
        Assert.That(differences.Count(d => d != 0), Is.EqualTo(3), "as the fixture's page says");
    }

    private static VitsTokenizer Tokenizer(string folder)
    {
        var vocabulary = JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllBytes(Path.Combine(folder, "vocab.json")))!;
        var added = new Dictionary<string, long> { ["<unk>"] = 32 };
        return new VitsTokenizer(vocabulary, new VitsTokenizerSettings { Language = "fin", PaddingToken = "k", AddedTokens = added });
    }

    private sealed record Golden(string Text, long[] Ids, int Samples, double Peak)
    {
        /// <summary>Whether the service speaks the text with other ids: runs of spaces, a dash that the voice has not, a mark between two spaces.</summary>
        public bool IsPrepared => Text.Contains("  ", StringComparison.Ordinal) || Text.AsSpan().IndexOfAny('–', '&') >= 0;
    }
}
