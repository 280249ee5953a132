using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>How layouts are told apart, and what is one line under problems.</summary>
public sealed class LayoutProblemsTests
{
    private const string Piper = """
        {"phoneme_type":"text","language":{"code":"fi_FI"},"audio":{"sample_rate":22050},"phoneme_id_map":{"_":[0],"^":[1],"$":[2],"a":[3]}}
        """;

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [TestCase("""{"model":"vits","characters":{"pad":"_"},"use_phonemes":true,"phonemizer":"espeak"}""", "phonemes as Coqui makes them")]
    [TestCase("""{"model":"vits","characters":{"pad":"_"},"use_phonemes":false}""", "Export it for sherpa-onnx")]
    [TestCase("""{"model":"vits","characters":{"pad":"_"}}""", "Export it for sherpa-onnx")]
    [TestCase("""{"model":"glow_tts","characters":{}}""", "another kind than VITS")]
    [TestCase("""{"model":"vits","characters":null}""", "vocab.json")]
    [TestCase("{}", "vocab.json")]
    public void Voices_OfCoqui_AreOneLineEach(string config, string reason)
    {
        var folder = Folder(config);
        OnnxModelFile.WritePiper(Path.Combine(folder, "model.onnx"), withSpeaker: false);

        Assert.That(Problem(), Does.Contain(reason));
    }

    [Test]
    public void Voices_OfCoquiWithoutAModelThatIsRead_AreOneLineToo()
    {
        File.WriteAllText(Path.Combine(Folder("""{"model":"vits","characters":{},"use_phonemes":true}"""), "model_file.pth"), "weights");

        Assert.That(Problem(), Does.Contain("phonemes as Coqui makes them"));
    }

    [Test]
    public void Voices_OfPiperWithTheFoldersConfiguration_AreTaken()
    {
        OnnxModelFile.WritePiper(Path.Combine(Folder(Piper), "voice.onnx"), withSpeaker: false);
        var catalog = Catalog();

        Assert.That(catalog.Problems, Is.Empty);
        Assert.That(((PiperVoiceFolder)catalog.FindInstalled("voice")!).Tokenize("a").Ids, Is.EqualTo(new long[] { 1, 0, 3, 0, 2 }));
    }

    [TestCase("\"streaming\":true,", "in two parts, for streaming")]
    [TestCase("", "several models")]
    public void Voices_OfPiperInTwoFiles_AreOneLine(string setting, string reason)
    {
        var folder = Folder(Piper.Replace("{\"phoneme_type\"", $"{{{setting}\"phoneme_type\"", StringComparison.Ordinal));
        OnnxModelFile.WritePiper(Path.Combine(folder, "encoder.onnx"), withSpeaker: false);
        OnnxModelFile.WritePiper(Path.Combine(folder, "decoder.onnx"), withSpeaker: false);

        Assert.That(Problem(), Does.Contain(reason));
    }

    [Test]
    public void Voices_OfPiperWithoutAModel_AreOneLine()
    {
        Folder(Piper);

        Assert.That(Problem(), Is.EqualTo("There is no model beside its configuration."));
    }

    [TestCase("is_uroman", "romanised with uroman")]
    [TestCase("phonemize", "turned into phonemes")]
    public void Voices_OfOptimumThatNeedMore_AreOneLine(string setting, string reason)
    {
        var folder = LayoutFolder.Copy(LayoutFolder.Source("optimum-vits-tiny"), _directory.Path, "voice");
        var file = Path.Combine(folder, "tokenizer_config.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace($"\"{setting}\": false", $"\"{setting}\": true", StringComparison.Ordinal));

        Assert.That(Problem(), Does.Contain(reason));
    }

    private string Folder(string config)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_directory.Path, "voice")).FullName;
        File.WriteAllText(Path.Combine(folder, "config.json"), config);
        return folder;
    }

    private string Problem() => Catalog().Problems.Single().Reason;

    private VoiceCatalog Catalog() => new(new TtsOptions { VoicesDirectory = _directory.Path }, TimeProvider.System, NullLogger<VoiceCatalog>.Instance, KnownVoiceFamilies.Create(new TtsOptions()));
}
