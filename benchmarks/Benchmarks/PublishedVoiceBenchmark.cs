using Dictation.Infrastructure;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Shared;
using Dictation.Speech;
using Dictation.Speech.Segmentation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;

namespace Dictation.Benchmarks;

/// <summary>
/// The whole service with <c>en_US-joe-medium</c>, from the folder that <c>DICTATION_TEST_VOICES</c> names, against nothing but the runs of the published
/// file with the same ids; and how soon its sound begins.
/// </summary>
internal static class PublishedVoiceBenchmark
{
    private const string Voice = "en_US-joe-medium";
    private const int Rounds = 7, Long = 8, Short = 16;

    /// <summary>A text that was spoken before is not spoken again.</summary>
    private static readonly HashSet<string> Used = new(StringComparer.Ordinal);

    private static readonly string[] Openings = ["the old captain", "my younger sister", "a teacher from the village", "nobody in the room", "the last visitor", "our neighbour", "the quiet clerk", "every passenger"];
    private static readonly string[] Actions = ["remembers", "was looking for", "wanted to paint", "has forgotten", "carried home", "found by chance", "talked about", "never believed in"];
    private static readonly string[] Things = ["the bridge over the river", "a letter without an address", "three candles and a lamp", "the road to the harbour", "an empty suitcase", "the song of the winter birds"];
    private static readonly string[] Endings = ["before the others were awake", "while the snow kept falling on the roof", "because the train had left without a word", "as if it had been there all along", "on the first morning of the long summer"];

    public static async Task<Report> RunAsync()
    {
        using var directory = new TemporaryDirectory();
        var voices = Copy(directory.Path);
        await using var service = await Server.StartServiceAsync(directory.Path, new() { ["Tts__Workers"] = "1", ["Tts__Threads"] = "1", ["VOICES_DIR"] = voices });
        using var bare = new Bare(voices);
        var random = new Random(11);
        var rows = new List<IReadOnlyList<string>>();
        foreach (var (name, parts, count) in ((string, int, int)[])[("sentences of 5 s and more", 2, Long), ("shorter sentences", 0, Short)])
        {
            var rounds = Enumerable.Range(0, Rounds + Timing.WarmUpRounds).Select(_ => Enumerable.Range(0, count).Select(_ => Sentence(random, parts)).ToArray()).ToList();
            Queue<string[]> ours = new(rounds), theirs = new(rounds);
            var audio = new List<double>();
            var times = await Timing.RoundsAsync(
                [
                    async () => audio.Add(await SpokenTexts.SpeakAsync(service, ours.Dequeue(), Voice)),
                    () =>
                    {
                        bare.Run(theirs.Dequeue());
                        return Task.CompletedTask;
                    },
                ],
                Rounds);
            var ratio = Timing.Median([.. times[0].Zip(times[1], (service, bare) => service / bare)]);
            rows.Add([name, Factor(times[0], audio), Factor(times[1], audio), Two(ratio), Two(times[0].Zip(times[1], (service, bare) => service / bare).Min())]);
        }

        foreach (var (name, parts) in ((string, int)[])[("first byte of a sentence of about 6 s", 1), ("first byte of a sentence of about 17 s", 3)])
        {
            var shares = new List<double>();
            for (var i = 0; i < Rounds; i++)
            {
                shares.Add(await FirstByteAsync(service, Sentence(random, parts)));
            }

            rows.Add([name, "", "", Two(Timing.Median(shares)), Two(shares.Min())]);
        }

        return new Report(
            "A published voice",
            $"`DICTATION_TEST_VOICES=… dotnet run -c Release --project benchmarks/Benchmarks -- published-voice`: English sentences with `{Voice}`, over HTTP until all are done, one worker of one thread; against `InferenceSession.Run` of the published file with one thread on the same ids, in a loop (medians of {Rounds} interleaved rounds with new texts each). The targets are 0.90, and 0.95 for shorter ones. The first byte is that of the speech route, as a share of the time until the last; the targets are 0.45 and 0.40.",
            ["", "Service, real-time factor", "Published file, real-time factor", "Ratio", "Least ratio"],
            rows);

        static string Factor(IReadOnlyList<double> milliseconds, List<double> audio) =>
            (Timing.Median(milliseconds) / 1000 / Timing.Median(audio)).ToString("0.0000", CultureInfo.InvariantCulture);
    }

    private static string Two(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Copy(string directory)
    {
        var published = Environment.GetEnvironmentVariable("DICTATION_TEST_VOICES") is { Length: > 0 } folder
            ? folder
            : throw new InvalidOperationException($"Set DICTATION_TEST_VOICES to the folder that holds {Voice}.onnx.");
        var voices = Path.Combine(directory, "published");
        Directory.CreateDirectory(Path.Combine(voices, Voice));
        foreach (var file in (string[])[$"{Voice}.onnx", $"{Voice}.onnx.json"])
        {
            File.Copy(Path.Combine(published, file), Path.Combine(voices, Voice, file));
        }

        return voices;
    }

    /// <param name="parts">How many clauses of about 6 s; 0 for one of about 3 s.</param>
    private static string Sentence(Random random, int parts)
    {
        string text;
        do
        {
            text = string.Join(", and ", Enumerable.Range(0, Math.Max(1, parts)).Select(_ => $"{Of(Openings)} {Of(Actions)} {Of(Things)}{(parts > 0 ? " " + Of(Endings) : "")}"));
        }
        while (!Used.Add(text));
        return $"{char.ToUpperInvariant(text[0])}{text[1..]}.";

        string Of(string[] words) => words[random.Next(words.Length)];
    }

    private static async Task<double> FirstByteAsync(Server service, string text)
    {
        var clock = Stopwatch.StartNew();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/audio/speech") { Content = JsonContent.Create(new { input = text, voice = Voice, response_format = "wav" }) };
        using var response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();

        // The header says nothing yet.
        var buffer = new byte[1 << 16];
        await body.ReadExactlyAsync(buffer.AsMemory(0, 45));
        var first = clock.Elapsed;
        while (await body.ReadAsync(buffer) > 0)
        {
            // Only when the last byte comes counts.
        }

        return first / clock.Elapsed;
    }

    private sealed class Bare : IDisposable
    {
        private readonly PiperVoiceFolder _voice;
        private readonly InferenceSession _session;
        private readonly TtsOptions _options;
        private readonly TextNormalizers _normalizers = new();

        public Bare(string voices)
        {
            _options = new TtsOptions { Device = OnnxDevice.Cpu, Threads = 1, VoicesDirectory = voices };
            _voice = (PiperVoiceFolder)new VoiceCatalog(_options, TimeProvider.System, NullLogger<VoiceCatalog>.Instance, KnownVoiceFamilies.Create(new TtsOptions())).FindInstalled(Voice)!;
            _session = new OnnxDevice(OnnxDevice.Cpu, _options, NullLogger<OnnxDevice>.Instance).Open(_voice.ModelPath).Session;
        }

        public void Run(string[] texts)
        {
            using var options = new RunOptions();
            using var scales = OrtValue.CreateTensorValueFromMemory([_voice.Scales.Noise, _voice.Scales.Length, _voice.Scales.NoiseWidth], [3]);
            foreach (var text in texts)
            {
                var spoken = _normalizers.For("en", _voice.ReadsDigits).Normalize(text);
                foreach (var segment in TextSegmenter.Split(spoken, _options.MaxSegmentCharacters, _voice.SentenceEnds(spoken.Text)))
                {
                    var ids = _voice.Tokenizer.Tokenize(segment.Text).Ids;
                    using var input = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]);
                    using var length = OrtValue.CreateTensorValueFromMemory([(long)ids.Length], [1]);
                    _session.Run(
                        options,
                        new Dictionary<string, OrtValue> { [VitsVoice.PiperInput] = input, [VitsVoice.PiperLengths] = length, [VitsVoice.PiperScales] = scales },
                        [VitsVoice.PiperOutput]).Dispose();
                }
            }
        }

        public void Dispose() => _session.Dispose();
    }
}
