using Dictation.Infrastructure;
using System.Globalization;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Shared;
using Dictation.Speech;
using Dictation.Speech.Normalization;
using Dictation.Speech.Segmentation;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;

namespace Dictation.Benchmarks;

/// <summary>The whole service, from the submission over HTTP to done, against nothing but the network's runs with the same inputs.</summary>
internal static class ServiceBenchmark
{
    private const int Rounds = 15, Texts = 300, Before = 3000;

    public static async Task<Report> RunAsync()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await Server.StartServiceAsync(directory.Path, new() { ["Tts__Workers"] = "1", ["Tts__Threads"] = "1" });
        using var bare = new BareRuntime();

        // A service runs for weeks: by now what is called often is compiled.
        var sentences = Sentences.Finnish(Before + ((Rounds + Timing.WarmUpRounds) * Texts), seed: 3);
        foreach (var texts in sentences[..Before].Chunk(Texts))
        {
            await SpokenTexts.SpeakAsync(service, texts);
        }

        // Each round has texts of its own, the same on both sides: a text that was spoken before is not spoken again.
        var rounds = new Queue<string[]>(sentences[Before..].Chunk(Texts));
        Queue<string[]> ours = new(rounds), theirs = new(rounds);
        var seconds = new List<double>();
        var times = await Timing.RoundsAsync(
            [
                async () => seconds.Add(await SpokenTexts.SpeakAsync(service, ours.Dequeue())),
                () =>
                {
                    bare.Run(theirs.Dequeue());
                    return Task.CompletedTask;
                },
            ],
            Rounds);
        var audio = Timing.Median(seconds);
        double[] medians = [.. times.Select(Timing.Median)];
        var ratio = Timing.Median([.. times[0].Zip(times[1], (service, bare) => bare / service)]);
        return new Report(
            "The whole service against the bare runtime",
            $"`dotnet run -c Release --project benchmarks/Benchmarks -- service`: {Texts} Finnish sentences, submitted in batches of 100, until all are done, with one worker of one thread that has spoken {Before.ToString("N0", CultureInfo.InvariantCulture)} before; against `InferenceSession.Run` on the same model and inputs in a loop (medians of {Rounds} interleaved rounds with new texts each; the ratio is the median of the rounds' ratios). The target is 0.95.",
            ["", "Texts per second", "Real-time factor", "Ratio"],
            [
                ["service", Rate(medians[0]), Factor(medians[0]), ratio.ToString("0.000", CultureInfo.InvariantCulture)],
                ["bare runtime", Rate(medians[1]), Factor(medians[1]), "1"],
            ]);

        string Factor(double milliseconds) => (milliseconds / 1000 / audio).ToString("0.0000", CultureInfo.InvariantCulture);
    }

    private static string Rate(double milliseconds) => (Texts / milliseconds * 1000).ToString("0.0", CultureInfo.InvariantCulture);

    private sealed class BareRuntime : IDisposable
    {
        private readonly VitsVoiceFolder voice;
        private readonly ITextNormalizer normalizer;
        private readonly InferenceSession session;
        private readonly Dictionary<string, long[][]> inputs = new(StringComparer.Ordinal);

        public BareRuntime()
        {
            var options = new TtsOptions { Device = OnnxDevice.Cpu, Threads = 1 };
            var catalog = new VoiceCatalog(options, TimeProvider.System, NullLogger<VoiceCatalog>.Instance, KnownVoiceFamilies.Create(new TtsOptions()));
            voice = (VitsVoiceFolder)catalog.FindInstalled(catalog.DefaultVoice.Name)!;
            normalizer = new TextNormalizers().For("fi", voice.ReadsDigits);
            session = new OnnxDevice(OnnxDevice.Cpu, options, NullLogger<OnnxDevice>.Instance).Open(voice.ModelPath).Session;
        }

        public void Run(string[] texts)
        {
            using var options = new RunOptions();
            using var rate = OrtValue.CreateTensorValueFromMemory([1 / voice.Scales.Length], [1]);
            foreach (var ids in texts.SelectMany(Ids))
            {
                long[] shape = [1, ids.Length];
                var mask = new long[ids.Length];
                Array.Fill(mask, 1);
                using var input = OrtValue.CreateTensorValueFromMemory(ids, shape);
                using var attention = OrtValue.CreateTensorValueFromMemory(mask, shape);
                session.Run(options, new Dictionary<string, OrtValue> { [VitsVoice.InputIds] = input, [VitsVoice.AttentionMask] = attention, [VitsVoice.SpeakingRate] = rate }, [VitsVoice.Waveform]).Dispose();
            }
        }

        public void Dispose() => session.Dispose();

        private long[][] Ids(string text) => inputs.TryGetValue(text, out var known)
            ? known
            : inputs[text] = [.. TextSegmenter.Split(normalizer.Normalize(text), 300).Select(s => voice.Tokenizer.Tokenize(s.Text).Ids)];
    }
}
