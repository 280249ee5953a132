using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Text;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;

namespace Dictation.Benchmarks;

/// <summary>The whole service, from the submission over HTTP to done, against nothing but the network's runs with the same inputs.</summary>
internal static class ServiceBenchmark
{
    private const int Rounds = 7, Texts = 300, Connections = 4;

    public static async Task<Report> RunAsync()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await Server.StartServiceAsync(directory.Path, new() { ["Tts__Workers"] = "1", ["Tts__Threads"] = "1" });
        using var bare = new BareRuntime();

        // Each round has texts of its own, the same on both sides: a text that was spoken before is not spoken again.
        var rounds = new Queue<string[]>(Sentences.Finnish((Rounds + Timing.WarmUpRounds) * Texts, seed: 3).Chunk(Texts));
        Queue<string[]> ours = new(rounds), theirs = new(rounds);
        var seconds = new List<double>();
        var medians = await Timing.MediansAsync(
            [
                async () => seconds.Add(await SpeakAsync(service, ours.Dequeue())),
                () =>
                {
                    bare.Run(theirs.Dequeue());
                    return Task.CompletedTask;
                },
            ],
            Rounds);
        var audio = seconds.Order().ElementAt(seconds.Count / 2);
        return new Report(
            "The whole service against the bare runtime",
            $"`dotnet run -c Release --project tests/Benchmarks -- service`: {Texts} Finnish sentences, submitted one by one over {Connections} connections, until each is done, with one worker of one thread; against `InferenceSession.Run` on the same model and inputs in a loop (medians of {Rounds} interleaved rounds with new texts each). The target is 0.95.",
            ["", "Texts a second", "Real-time factor", "Ratio"],
            [
                ["service", Rate(medians[0]), Factor(medians[0]), (medians[1] / medians[0]).ToString("0.000", CultureInfo.InvariantCulture)],
                ["bare runtime", Rate(medians[1]), Factor(medians[1]), "1"],
            ]);

        string Factor(double milliseconds) => (milliseconds / 1000 / audio).ToString("0.0000", CultureInfo.InvariantCulture);
    }

    private static string Rate(double milliseconds) => (Texts / milliseconds * 1000).ToString("0.0", CultureInfo.InvariantCulture);

    /// <returns>Seconds of audio.</returns>
    private static async Task<double> SpeakAsync(Server service, string[] texts)
    {
        var seconds = new double[texts.Length];
        var ids = new string[texts.Length];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Connections };
        await Parallel.ForAsync(0, texts.Length, options, async (i, cancellationToken) =>
        {
            using var response = await service.Http.PostAsJsonAsync("/api/v1/tts/convert", new { text = texts[i] }, cancellationToken);
            ids[i] = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("conversion_id").GetString()!;
        });
        for (var i = 0; i < ids.Length; i++)
        {
            JsonElement task;
            do
            {
                task = await service.Http.GetFromJsonAsync<JsonElement>($"/api/v1/tts/{ids[i]}?wait=30");
            }
            while (task.GetProperty("status").GetString() is "queued" or "processing" or "completed");
            seconds[i] = task.GetProperty("duration").GetDouble();
        }

        return seconds.Sum();
    }

    private sealed class BareRuntime : IDisposable
    {
        private readonly VitsVoiceFolder voice;
        private readonly ITextNormalizer normalizer;
        private readonly InferenceSession session;
        private readonly Dictionary<string, long[][]> inputs = new(StringComparer.Ordinal);

        public BareRuntime()
        {
            var options = new TtsOptions { Device = OnnxDevice.Cpu, Threads = 1 };
            var catalog = new VoiceCatalog(options, TimeProvider.System, NullLogger<VoiceCatalog>.Instance);
            voice = (VitsVoiceFolder)catalog.FindInstalled(catalog.DefaultVoice.Name)!;
            normalizer = new TextNormalizers().For("fi", voice.ReadsDigits);
            session = new OnnxDevice(OnnxDevice.Cpu, options, NullLogger<OnnxDevice>.Instance).Open(voice.ModelPath).Session;
        }

        public void Run(string[] texts)
        {
            using var options = new RunOptions();
            using var rate = OrtValue.CreateTensorValueFromMemory([1f], [1]);
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
