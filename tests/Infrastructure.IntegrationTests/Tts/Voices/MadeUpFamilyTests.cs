using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech.Synthesis;
using Dictation.Speech.Timeline;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>A family that this service does not have: its own types and one registration are all that it takes.</summary>
[TestFixture]
public sealed class MadeUpFamilyTests
{
    [Test]
    public void Catalog_WithAFamilyRegistered_OffersAndSpeaksItsVoices()
    {
        using var directory = new TemporaryDirectory();
        var folder = Directory.CreateDirectory(Path.Combine(directory.Path, "whistle")).FullName;
        File.WriteAllText(Path.Combine(folder, WhistleFamily.File), "440");
        var catalog = new VoiceCatalog(
            new TtsOptions { VoicesDirectory = directory.Path },
            TimeProvider.System,
            NullLogger<VoiceCatalog>.Instance,
            new VoiceFamilies([new WhistleFamily(), new VitsFamily()]));

        var installed = catalog.FindInstalled("whistle")!;
        using var voice = installed.Load(SpeechTestBed.Loading(new TtsOptions()));
        var samples = new List<float>();
        var spoken = voice.Speak(new SegmentRequest("hei", 1, null, new Noise("key", 0)), (piece, _) => samples.AddRange(piece), CancellationToken.None);

        Assert.Multiple(() =>
        {
            Assert.That(catalog.Problems, Is.Empty);
            Assert.That(catalog.FindByLanguage("tlh")!.Name, Is.EqualTo("whistle"));
            Assert.That(installed.Tokenize("hei").Symbols, Is.EqualTo(new[] { "h", "e", "i" }));
            Assert.That(samples, Has.Count.EqualTo(4800));
            Assert.That(spoken.Times, Has.Count.EqualTo(3));
        });
    }

    [Test]
    public void Catalog_WithABrokenFolderOfTheFamily_HasOneLine()
    {
        using var directory = new TemporaryDirectory();
        var folder = Directory.CreateDirectory(Path.Combine(directory.Path, "whistle")).FullName;
        File.WriteAllText(Path.Combine(folder, WhistleFamily.File), "high");

        var catalog = new VoiceCatalog(
            new TtsOptions { VoicesDirectory = directory.Path },
            TimeProvider.System,
            NullLogger<VoiceCatalog>.Instance,
            new VoiceFamilies([new WhistleFamily(), new VitsFamily()]));

        Assert.That(catalog.Problems, Is.EqualTo(new[] { new VoiceProblem("whistle", "whistle.txt holds no pitch.") }));
    }

    /// <summary>Whistles 0.1 s for each letter.</summary>
    private sealed class WhistleFamily : IVoiceFamily
    {
        public const string File = "whistle.txt";

        public bool Matches(string directory) => System.IO.File.Exists(Path.Combine(directory, File));

        public InstalledVoice Read(string directory) => new WhistleFolder(
            new Voice(Path.GetFileName(directory), "tlh", 16000, "whistle", null, null),
            int.TryParse(System.IO.File.ReadAllText(Path.Combine(directory, File)), out var pitch) ? pitch : throw new Speech.VoiceException($"{File} holds no pitch."));
    }

    private sealed record WhistleFolder(Voice Voice, int Pitch) : InstalledVoice(Voice, "", MaxCharacters: null)
    {
        public override VoiceTokens Tokenize(string segment) => new([.. segment.Select(c => (long)c)], Speakable: true, [], null, [.. segment.Select(c => c.ToString())]);

        internal override IVoiceModel Load(VoiceLoading loading) => new Whistle(Pitch);
    }

    private sealed class Whistle(int pitch) : IVoiceModel
    {
        private const int PerLetter = 1600;

        public string Device => OnnxDevice.Cpu;

        public string? WhyWhole => null;

        public SpokenSegment Speak(SegmentRequest segment, PieceSpoken spoken, CancellationToken cancellationToken)
        {
            var samples = new float[segment.Text.Length * PerLetter];
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = (float)Math.Sin(2 * Math.PI * pitch * i / 16000) / 2;
            }

            spoken(samples, 1);
            return new SpokenSegment([.. Enumerable.Range(0, segment.Text.Length).Select(i => new CharacterTime(i, i * PerLetter, (i + 1) * PerLetter))], []);
        }

        public void Dispose()
        {
            // Nothing is loaded.
        }
    }
}
