using System.Diagnostics;
using System.Runtime.InteropServices;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Audio.Encoding;
using Dictation.Listening;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Audio;

/// <summary>What is encoded is decoded by programs that know nothing of this service: ffmpeg and flac.</summary>
[NonParallelizable]
public class AudioEncodersTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private TemporaryDirectory _directory = null!;
    private AudioEncoders _encoders = null!;
    private SpeechTestBed _speech = null!;
    private SpeechTranscriber _transcriber = null!;

    [OneTimeSetUp]
    public void Load()
    {
        _speech = new SpeechTestBed();
        _transcriber = new SpeechTranscriber();
    }

    [OneTimeTearDown]
    public void Release()
    {
        _transcriber.Dispose();
        _speech.Dispose();
    }

    [SetUp]
    public void SetUp()
    {
        if (!IsThere("ffmpeg") || !IsThere("flac"))
        {
            Assert.That(Environment.GetEnvironmentVariable("CI_AUDIO_TOOLS"), Is.Null, "ffmpeg and flac must be there in CI");
            Assert.Ignore("Not tried: ffmpeg or flac is not here.");
        }

        _directory = new TemporaryDirectory();
        _encoders = Encoders(new TtsOptions());
    }

    [TearDown]
    public void TearDown()
    {
        _encoders?.Dispose();
        _directory?.Dispose();
    }

    [Test]
    public async Task Flac_OfManySounds_IsDecodedToTheSameSamples()
    {
        var random = Seed.Random(11);
        var sounds = new List<(string Name, short[] Pcm, int Rate)>();
        foreach (var length in new[] { 1, 2, 3, 4, 5, 15, 16, 17, 255, 4095, 4096, 4097, 3 * 4096, 50_000 })
        {
            sounds.Add(($"noise-{length}", Samples(length, _ => random.Next(short.MinValue, short.MaxValue + 1)), 16000));
            sounds.Add(($"silence-{length}", new short[length], 22050));
            sounds.Add(($"square-{length}", Samples(length, i => i / 50 % 2 == 0 ? short.MaxValue : short.MinValue), 44100));
            sounds.Add(($"sine-{length}", Samples(length, i => (int)(20_000 * Math.Sin(i / 20.0))), 48000));
            sounds.Add(($"quiet-{length}", Samples(length, _ => random.Next(-2, 3)), 8000));
            sounds.Add(($"mixed-{length}", Samples(length, i => i % 5000 < 2500 ? 0 : random.Next(-3000, 3000)), 24000));
        }

        // More blocks than one byte can number.
        sounds.Add(("long", Samples(140 * 4096 + 77, i => (int)(9000 * Math.Sin(i / 31.0)) + random.Next(-40, 40)), 11025));
        sounds.Add(("speech", _speech.Speak(string.Join(' ', FinnishSentences.Plain)).Wav.Pcm, 16000));

        foreach (var (name, pcm, rate) in sounds)
        {
            await EncodeAsync(AudioFormat.Flac, pcm, rate, $"{name}.flac", random);
        }

        await RunAsync("flac", ["-t", "-s", .. sounds.Select(s => $"{s.Name}.flac")]);
        await RunAsync("flac", ["-d", "-s", "--force-raw-format", "--endian=little", "--sign=signed", .. sounds.Select(s => $"{s.Name}.flac")]);
        foreach (var (name, pcm, _) in sounds)
        {
            Assert.That(MemoryMarshal.Cast<byte, short>(await File.ReadAllBytesAsync(Path(name + ".raw"))).SequenceEqual(pcm), name);
        }

        var ratio = new FileInfo(Path("speech.flac")).Length / (2.0 * sounds[^1].Pcm.Length);
        TestContext.Out.WriteLine($"Speech takes {ratio:P0} of its PCM");
        Assert.That(ratio, Is.LessThan(0.65));
    }

    [Test]
    public async Task Format_OfSpeech_IsUnderstoodAndLastsAsLong([Values] AudioFormat format, [Values(16000, 22050)] int sampleRate)
    {
        var text = string.Join(' ', FinnishSentences.Plain.Take(6));
        var (wav, result) = _speech.Speak(text);
        var pcm = sampleRate == 16000 ? wav.Pcm : new Speech.Audio.Resampler(16000, sampleRate).Process(wav.Pcm, last: true);

        await EncodeAsync(format, pcm, sampleRate, "speech", Seed.Random(1));
        string[] input = format == AudioFormat.Pcm ? ["-f", "s16le", "-ar", $"{sampleRate}", "-ac", "1"] : [];
        await RunAsync("ffmpeg", ["-v", "error", .. input, "-i", "speech", "-f", "f32le", "-ar", "16000", "-ac", "1", "heard"]);
        var heard = MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(Path("heard"))).ToArray();

        Assert.Multiple(() =>
        {
            Assert.That(heard.Length / 16000.0, Is.EqualTo(result.Duration).Within(0.15));
            Assert.That(_transcriber.ErrorRate([text], [heard]), Is.LessThanOrEqualTo(0.06));
        });
    }

    [TestCase(AudioFormat.Mp3)]
    [TestCase(AudioFormat.Opus)]
    [TestCase(AudioFormat.Aac)]
    [TestCase(AudioFormat.Flac)]
    [TestCase(AudioFormat.Wav)]
    public async Task Encoding_OfALiveSource_SendsBeforeTheEnd(AudioFormat format)
    {
        using var output = new MemoryStream();
        await using var encoding = await _encoders.OpenAsync(format, 16000, Stream.Synchronized(output), null, null, default);
        var random = Seed.Random(2);
        await encoding.WriteAsync(Bytes(Samples(3 * 16000, _ => random.Next(-9000, 9000))), default);

        await Eventually.HoldsAsync(() => output.Length > 1000, "the first bytes are out");

        await encoding.CompleteAsync(default);
    }

    [Test]
    public async Task Encoding_GivenUp_LeavesNoProcess()
    {
        var before = Running();
        await using (var encoding = await _encoders.OpenAsync(AudioFormat.Mp3, 16000, new MemoryStream(), null, null, default))
        {
            await encoding.WriteAsync(Bytes(new short[16000]), default);
            Assert.That(Running(), Is.EqualTo(before + 1));
        }

        Assert.That(Running(), Is.EqualTo(before));
    }

    [Test]
    public async Task Encoding_ToAReceiverThatFails_FailsAndLeavesNoProcess()
    {
        var before = Running();
        await using (var encoding = await _encoders.OpenAsync(AudioFormat.Mp3, 16000, new MemoryStream(new byte[100]), null, null, default))
        {
            var random = Seed.Random(2);
            var second = Bytes(Samples(16000, _ => random.Next(-9000, 9000)));
            Assert.That(
                async () =>
                {
                    for (var i = 0; i < 1000; i++)
                    {
                        await encoding.WriteAsync(second, default);
                    }
                },
                Throws.InstanceOf<NotSupportedException>());
        }

        Assert.That(Running(), Is.EqualTo(before));
    }

    [Test]
    public async Task Encodings_ManyAtOnce_WaitForAPlaceAndAllComeOut()
    {
        using var encoders = Encoders(new TtsOptions { FfmpegProcesses = 2 });
        var files = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var output = new MemoryStream();
            await using var encoding = await encoders.OpenAsync(AudioFormat.Mp3, 16000, output, null, null, default);
            Assert.That(Running(), Is.LessThanOrEqualTo(2));
            await encoding.WriteAsync(Bytes(Samples(16000, s => (int)(8000 * Math.Sin(s * (i + 1) / 50.0)))), default);
            await encoding.CompleteAsync(default);
            return output.ToArray();
        })).WaitAsync(Patience);

        Assert.That(files.Select(f => f.Length), Is.All.GreaterThan(2000));
        Assert.That(files.Select(Convert.ToBase64String), Is.Unique);
    }

    [Test]
    public async Task Open_WaitingForAPlace_CanBeCancelled()
    {
        using var encoders = Encoders(new TtsOptions { FfmpegProcesses = 1 });
        await using var holder = await encoders.OpenAsync(AudioFormat.Mp3, 16000, new MemoryStream(), null, null, default);
        using var impatient = new CancellationTokenSource();
        var waiting = encoders.OpenAsync(AudioFormat.Mp3, 16000, new MemoryStream(), null, null, impatient.Token);

        await impatient.CancelAsync();

        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("/nowhere/ffmpeg")]
    [TestCase("/bin/true")]
    public void Open_WithoutFfmpeg_SaysWhatThereIs(string program)
    {
        using var encoders = Encoders(new TtsOptions { Ffmpeg = program });

        Assert.Multiple(() =>
        {
            Assert.That(encoders.Available, Is.EqualTo(new[] { AudioFormat.Wav, AudioFormat.Pcm, AudioFormat.Flac }));
            Assert.That(
                async () => await encoders.OpenAsync(AudioFormat.Mp3, 16000, new MemoryStream(), null, null, default),
                Throws.TypeOf<RequestInvalidException>().With.Message.EqualTo("mp3 needs ffmpeg, which this server does not have. Ask for wav, pcm, flac."));
        });
    }

    private static AudioEncoders Encoders(TtsOptions options) => new(options, NullLogger<AudioEncoders>.Instance);

    private static bool IsThere(string program) => Environment.GetEnvironmentVariable("PATH")!.Split(System.IO.Path.PathSeparator).Any(d => File.Exists(System.IO.Path.Combine(d, program)));

    /// <summary>The ffmpegs that this process has started and not ended.</summary>
    private static int Running()
    {
        var mine = Environment.ProcessId;
        return Process.GetProcessesByName("ffmpeg").Count(p =>
        {
            try
            {
                // The fourth field of the line, behind the name in parentheses, is the parent.
                return int.Parse(File.ReadAllText($"/proc/{p.Id}/stat").Split(") ")[1].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) == mine;
            }
            catch (IOException)
            {
                return false;
            }
        });
    }

    private static short[] Samples(int length, Func<int, int> sample) => [.. Enumerable.Range(0, length).Select(i => (short)sample(i))];

    private static byte[] Bytes(short[] pcm) => MemoryMarshal.AsBytes(pcm.AsSpan()).ToArray();

    private string Path(string file) => System.IO.Path.Combine(_directory.Path, file);

    /// <summary>Encodes in pieces of random lengths, odd ones too where the format takes bytes as they come.</summary>
    private async Task EncodeAsync(AudioFormat format, short[] pcm, int sampleRate, string file, Random random)
    {
        await using var output = File.Create(Path(file));
        await using var encoding = await _encoders.OpenAsync(format, sampleRate, output, random.Next(2) == 0 ? pcm.Length : null, null, default);
        var bytes = Bytes(pcm);
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - at, 2 * random.Next(1, 20_000) - (format == AudioFormat.Flac ? 1 : 0));
            await encoding.WriteAsync(bytes.AsMemory(at, length), default);
            at += length;
        }

        await encoding.CompleteAsync(default);
    }

    private async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        var (exitCode, _, error) = await ChildProgram.RunAsync(program, arguments, _directory.Path);
        Assert.That(exitCode, Is.Zero, error);
    }
}
