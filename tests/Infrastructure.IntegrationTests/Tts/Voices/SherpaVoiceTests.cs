using System.Text.Json.Nodes;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>Voices in sherpa-onnx's layout: of characters, and Piper's without their own configuration.</summary>
[NonParallelizable]
public sealed class SherpaVoiceTests
{
    private const string Mms = "sherpa-mms-tiny", Characters = "sherpa-characters", Text = "hyvää päivää";

    private TemporaryDirectory _directory = null!;

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [Test]
    public void Voices_OfCharacters_AreOfferedAsTheirModelsSay([Values(Mms, Characters)] string layout)
    {
        LayoutFolder.Copy(LayoutFolder.Source(layout), _directory.Path, "voice");
        var catalog = new VoiceCatalog(new TtsOptions { VoicesDirectory = _directory.Path }, TimeProvider.System, NullLogger<VoiceCatalog>.Instance, KnownVoiceFamilies.Create(new TtsOptions()));

        Assert.That(catalog.Problems, Is.Empty);
        Assert.That(catalog.Find("voice"), Has.Property("Language").EqualTo("fi").And.Property("SampleRate").EqualTo(16000).And.Property("Speakers").Empty);
    }

    /// <summary>sherpa-onnx itself puts a 0 more at both ends, for which the voice was not trained: 15,360 samples.</summary>
    [TestCase(null, 14592)]
    [TestCase("0", 14592)]
    [TestCase("1", 15360)]
    public void Speak_MmsVoice_HasEndsOnlyWhereItsModelSaysSo(string? ends, int samples)
    {
        var folder = Copy(Mms);
        if (ends is not null)
        {
            LayoutFolder.AddMetadata(Model(folder), ("use_eos_bos", ends));
        }

        using var voice = LayoutFolder.LoadQuiet(InstalledVoice.Read(folder));

        Assert.That(SpeechTestBed.Samples(voice, Text), Has.Length.EqualTo(samples));
    }

    [Test]
    public void Speak_HalfThePace_TakesTheNetworksOwnLengths()
    {
        using var voice = LayoutFolder.LoadQuiet(InstalledVoice.Read(Copy(Mms)));

        Assert.That(SpeechTestBed.Samples(voice, Text, rate: 0.5), Has.Length.EqualTo(25088));
    }

    [Test]
    public void Speak_TheNetworkOfTheBuiltInVoice_SaysWhatThatSays()
    {
        using var voice = InstalledVoice.Read(Copy(Characters)).Load(SpeechTestBed.Loading(new TtsOptions { Threads = 1 }));
        using var builtIn = InstalledVoice.Read(SpeechTestBed.CopyBuiltIn(_directory.Path, "1.0")).Load(SpeechTestBed.Loading(new TtsOptions { Threads = 1 }));

        Assert.That(SpeechTestBed.Samples(voice, "Kissa istuu ikkunalla."), Is.EqualTo(SpeechTestBed.Samples(builtIn, "Kissa istuu ikkunalla.")).Within(1e-5));
    }

    [Test]
    public void Speak_NothingThatItKnows_MakesNoSound()
    {
        using var voice = LayoutFolder.LoadQuiet(InstalledVoice.Read(Copy(Mms)));

        Assert.That(SpeechTestBed.Samples(voice, "日本 ..."), Is.Empty);
    }

    [TestCase("add_blank=0", new long[] { 16, 3, 4 })]
    [TestCase("add_blank=1 blank_id=9", new long[] { 9, 16, 9, 3, 9, 4, 9 })]
    [TestCase("add_blank=0 use_eos_bos=1 bos_id=5 eos_id=6", new long[] { 5, 16, 3, 4, 6 })]
    [TestCase("add_blank=1 blank_id=7 use_eos_bos=1 bos_id=5 eos_id=6", new long[] { 5, 7, 16, 7, 3, 7, 4, 7, 6 })]
    public void Tokenize_Settings_AreTheModels(string settings, long[] ids)
    {
        var folder = Copy(Mms);
        LayoutFolder.AddMetadata(Model(folder), [.. settings.Split(' ').Select(s => s.Split('=')).Select(s => (s[0], s[1]))]);

        Assert.That(((IVitsVoiceFolder)InstalledVoice.Read(folder)).Tokenize("Hei!").Ids, Is.EqualTo(ids));
    }

    [TestCase("a 1\n  2\n<PAD> 0\n<BLNK> 3\nÄ 4\nä 4\n\u00A0 5\n", "Aä a\u00A0a", new long[] { 1, 4, 2, 1, 5, 1 })]
    [TestCase("a\t1\r\n  2\r\n", "a a", new long[] { 1, 2, 1 })]
    [TestCase("😀 7\n2 3\nb 1\n", "b😀2", new long[] { 1, 7, 3 })]
    public void Tokenize_TokensOfEveryKind_AreTaken(string tokens, string text, long[] ids)
    {
        var folder = Copy(Mms);
        LayoutFolder.AddMetadata(Model(folder), ("add_blank", "0"));
        File.WriteAllText(Path.Combine(folder, "tokens.txt"), tokens);

        Assert.That(((IVitsVoiceFolder)InstalledVoice.Read(folder)).Tokenize(text).Ids, Is.EqualTo(ids));
    }

    [TestCase("Yksi: kaksi. kolme? neljä! viisi", new[] { 5, 12, 19, 26 })]
    [TestCase("Mitä?! Ei...", new[] { 6, 12 })]
    [TestCase("kello 12.30, a:b example.com", new int[0], Description = "no sentence ends inside a word")]
    public void SentenceEnds_OfACharacterVoice_AreBehindItsMarks(string text, int[] ends) =>
        Assert.That(InstalledVoice.Read(Copy(Mms)).SentenceEnds(text), Is.EqualTo(ends));

    [TestCase("Finnish", "fi")]
    [TestCase("finnish", "fi")]
    [TestCase("English (US)", "en")]
    [TestCase("fi", "fi")]
    [TestCase("fin", "fi")]
    [TestCase("pt_BR", "pt")]
    [TestCase("azj-script_latin", "az")]
    public void Language_NameOrCode_IsItsCode(string stated, string code)
    {
        var folder = Copy(Mms);
        LayoutFolder.AddMetadata(Model(folder), ("language", stated));

        Assert.That(InstalledVoice.Read(folder).Voice.Language, Is.EqualTo(code));
    }

    [TestCase("vits-mms-fin", "fi")]
    [TestCase("vits-piper-sv_SE-nst-medium", "sv")]
    [TestCase("fi_FI-aino", "fi")]
    public void Language_ThatIsNone_IsThatOfTheFoldersName(string name, string code)
    {
        var folder = LayoutFolder.Copy(LayoutFolder.Source(Mms), _directory.Path, name);
        LayoutFolder.AddMetadata(Model(folder), ("language", "unknown"));

        Assert.That(InstalledVoice.Read(folder).Voice.Language, Is.EqualTo(code));
    }

    [Test]
    public void Speakers_OfAModel_AreItsNumbers()
    {
        var folder = Piper(("n_speakers", "3"), ("frontend", "characters"));
        OnnxModelFile.WritePiper(Model(folder), withSpeaker: true);
        LayoutFolder.AddMetadata(Model(folder), Settings(("n_speakers", "3"), ("frontend", "characters")));

        var voice = InstalledVoice.Read(folder);

        Assert.That(voice.Voice.Speakers, Is.EqualTo(new[] { "0", "1", "2" }));
        Assert.That((voice.SpeakerId, voice.Speaker("2")?.SpeakerId, voice.Speaker("3")), Is.EqualTo(((long?)0, (long?)2, (InstalledVoice?)null)));
    }

    [TestCase("frontend=", "frontend is characters", "lexicon.txt")]
    [TestCase("frontend=", "how it reads text")]
    [TestCase("frontend= comment=coqui", "Coqui")]
    [TestCase("frontend= comment=melo", "MeloTTS")]
    [TestCase("frontend= comment=icefall", "icefall")]
    [TestCase("frontend= comment=Inflect", "Inflect")]
    [TestCase("frontend= jieba=1", "Chinese")]
    [TestCase("frontend= comment=piper has_g2pw=1", "Chinese")]
    [TestCase("language=Klingonish", "Klingonish")]
    [TestCase("sample_rate=fast", "sample_rate")]
    [TestCase("sample_rate=1", "sample_rate")]
    [TestCase("n_speakers=-1", "n_speakers")]
    [TestCase("n_speakers=1000000000", "n_speakers")]
    [TestCase("n_speakers=2", "no input sid")]
    [TestCase("blank_id=x", "blank_id")]
    public void Read_WhatCannotBeSpoken_SaysWhatIsMissing(string settings, string reason, string? file = null)
    {
        var folder = Copy(Mms);
        LayoutFolder.AddMetadata(Model(folder), [.. settings.Split(' ').Select(s => s.Split('=')).Select(s => (s[0], s[1]))]);
        if (file is not null)
        {
            File.WriteAllText(Path.Combine(folder, file), "a a");
        }

        Assert.That(() => InstalledVoice.Read(folder), Throws.TypeOf<VoiceException>().With.Message.Contains(reason));
    }

    [TestCase("", "empty")]
    [TestCase("\n \n", "no symbols")]
    [TestCase("a 1 2\n", "Line 1")]
    [TestCase("a 1\nb\n", "Line 2")]
    [TestCase("a -1\n", "Line 1")]
    [TestCase("ab 1\n", "several characters")]
    [TestCase("a 1\na 2\n", "two ids")]
    [TestCase("\uFFFDa 99999999999999999999\n", "Line 1")]
    public void Read_TokensThatAreBroken_SaysWhere(string tokens, string reason)
    {
        var folder = Copy(Mms);
        File.WriteAllText(Path.Combine(folder, "tokens.txt"), tokens);

        Assert.That(() => InstalledVoice.Read(folder), Throws.TypeOf<VoiceException>().With.Message.Contains(reason));
    }

    [Test]
    public void Read_ModelWithoutItsSettings_SaysWhichAreNeeded()
    {
        var folder = Piper();
        OnnxModelFile.WritePiper(Model(folder), withSpeaker: false);

        Assert.That(() => InstalledVoice.Read(folder), Throws.TypeOf<VoiceException>().With.Message.Contains("sample_rate, n_speakers, language and comment"));
    }

    [Test]
    public void Read_PipersVoiceWithoutItsConfiguration_SpeaksAsWithIt()
    {
        Espeak.Require();
        const string Said = "Hyvää huomenta, mitä kuuluu?";
        var piper = (PiperVoiceFolder)InstalledVoice.Read(Path.Combine(SpeechTestBed.PiperDirectory, "fi_FI-aino-piper"));

        var sherpa = (PiperVoiceFolder)InstalledVoice.Read(Piper());

        Assert.Multiple(() =>
        {
            Assert.That(sherpa.Tokenize(Said).Ids, Is.EqualTo(piper.Tokenize(Said).Ids));
            Assert.That((sherpa.Voice.Language, sherpa.Voice.SampleRate, sherpa.SpeakerId), Is.EqualTo((piper.Voice.Language, piper.Voice.SampleRate, piper.SpeakerId)));
        });
        using var one = LayoutFolder.LoadQuiet(piper);
        using var other = LayoutFolder.LoadQuiet(sherpa);
        Assert.That(SpeechTestBed.Samples(other, Said), Is.EqualTo(SpeechTestBed.Samples(one, Said)));
    }

    [Test]
    public void Read_PipersVoiceWithItsConfiguration_TakesThat()
    {
        Espeak.Require();
        var folder = Piper(("sample_rate", "wrong"));
        File.Copy(Path.Combine(SpeechTestBed.PiperDirectory, "fi_FI-aino-piper", "fi_FI-aino-tiny.onnx.json"), Model(folder) + ".json");

        Assert.That(InstalledVoice.Read(folder).Voice.SampleRate, Is.EqualTo(16000));
    }

    [TestCase("^ 1")]
    [TestCase("$ 2")]
    [TestCase("_ 0")]
    public void Read_PipersVoiceWithoutAMark_SaysSo(string mark)
    {
        var folder = Piper();
        var tokens = Path.Combine(folder, "tokens.txt");
        File.WriteAllText(tokens, File.ReadAllText(tokens).Replace(mark + "\n", "", StringComparison.Ordinal));

        Assert.That(() => InstalledVoice.Read(folder), Throws.TypeOf<VoiceException>().With.Message.Contains($"no id for {mark[0]}"));
    }

    private static (string Key, string Value)[] Settings(params (string Key, string Value)[] others) =>
        [("sample_rate", "16000"), ("n_speakers", "1"), ("language", "Finnish"), ("comment", "piper"), ("voice", "fi"), .. others];

    private static string Model(string folder) => Directory.GetFiles(folder, "*.onnx").Single();

    private string Copy(string layout) => LayoutFolder.Copy(LayoutFolder.Source(layout), _directory.Path, "voice");

    /// <summary>Piper's voice of the tests as sherpa-onnx's exporter writes it.</summary>
    private string Piper(params (string Key, string Value)[] settings)
    {
        var folder = LayoutFolder.Copy(Path.Combine(SpeechTestBed.PiperDirectory, "fi_FI-aino-piper"), _directory.Path, "vits-piper");
        var config = Directory.GetFiles(folder, "*.json").Single();
        var ids = JsonNode.Parse(File.ReadAllText(config))!["phoneme_id_map"]!.AsObject();
        File.WriteAllText(Path.Combine(folder, "tokens.txt"), string.Concat(ids.Select(i => $"{i.Key} {i.Value![0]}\n")));
        File.Delete(config);
        LayoutFolder.AddMetadata(Model(folder), Settings(settings));
        return folder;
    }
}
