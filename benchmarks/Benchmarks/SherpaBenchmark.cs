using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Dictation.Infrastructure.Tts;
using Dictation.Shared;

namespace Dictation.Benchmarks;

/// <summary>The engine against sherpa-onnx with its own build of ONNX Runtime, both speaking the same network with as many threads.</summary>
internal static class SherpaBenchmark
{
    private const int Rounds = 15, Texts = 40;

    public static async Task<Report> RunAsync()
    {
        var sentences = Sentences.Finnish(Texts, seed: 7);
        List<IReadOnlyList<string>> rows = [];
        var folder = await InstallAsync();
        using var single = new Bed(new TtsOptions { Device = OnnxDevice.Cpu, Threads = 1 });
        using var pair = new Bed(new TtsOptions { Device = OnnxDevice.Cpu, Threads = 2 });
        using var sherpaOfOne = new Sherpa(folder, threads: 1);
        using var sherpaOfTwo = new Sherpa(folder, threads: 2);
        var medians = await Timing.MediansAsync(
            [
                () => SpeakAsync(single, sentences, workers: 1),
                () => sherpaOfOne.SpeakAsync(sentences),
                () => SpeakAsync(single, sentences, workers: 2),
                () => SpeakAsync(pair, sentences, workers: 1),
                () => sherpaOfTwo.SpeakAsync(sentences),
            ],
            Rounds);
        return new Report(
            "The engine against sherpa-onnx",
            $"`dotnet run -c Release --project benchmarks/Benchmarks -- sherpa`: {Texts} Finnish sentences with the network of the built-in voice, in sentences per second (medians of {Rounds} interleaved rounds). Ours is the whole engine, from text to a hashed WAV; theirs (npm `sherpa-onnx-node` 1.13.8) from text to samples, one text after the other. The target is 1.2 times as many with as many threads.",
            ["Threads", "Engine", "sherpa-onnx", "Ratio"],
            [
                Row("1", medians[0], medians[1]),
                Row("2, in the engine a worker each (`Tts:Workers=2`, `Tts:Threads=1`)", medians[2], medians[4]),
                Row("2, in the engine both for one worker", medians[3], medians[4]),
            ]);
    }

    private static IReadOnlyList<string> Row(string threads, double ours, double theirs) => [threads, Rate(ours), Rate(theirs), (theirs / ours).ToString("0.00", CultureInfo.InvariantCulture)];

    private static Task SpeakAsync(Bed engine, string[] sentences, int workers)
    {
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Factory.StartNew(
            () =>
            {
                for (var i = Interlocked.Increment(ref next); i < sentences.Length; i = Interlocked.Increment(ref next))
                {
                    engine.Speak(sentences[i]);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
    }

    private static string Rate(double milliseconds) => (Texts / milliseconds * 1000).ToString("0.0", CultureInfo.InvariantCulture);

    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(Repository.Root, "benchmarks", "Benchmarks", "sherpa");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            Console.WriteLine("Fetching sherpa-onnx with npm…");
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = folder })!;
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm ci in {folder} failed; the benchmark needs npm's sherpa-onnx-node.");
            }
        }

        return folder;
    }

    /// <summary>A process of its own, as its runtime and ours would share the name of a library.</summary>
    private sealed class Sherpa : IDisposable
    {
        private readonly Process process;

        public Sherpa(string folder, int threads)
        {
            process = Process.Start(new ProcessStartInfo("node", ["speak.mjs", threads.ToString(CultureInfo.InvariantCulture)])
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                Environment = { ["LD_LIBRARY_PATH"] = Path.Combine(folder, "node_modules", "sherpa-onnx-linux-x64") },
            })!;
        }

        public async Task SpeakAsync(string[] texts)
        {
            // Its characters are lower case only.
            await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(texts.Select(t => t.ToLowerInvariant())));
            await process.StandardInput.FlushAsync();
            if (await process.StandardOutput.ReadLineAsync() is not { } answer || JsonDocument.Parse(answer).RootElement.GetProperty("seconds").GetDouble() < texts.Length)
            {
                throw new InvalidOperationException("sherpa-onnx spoke less than a second per sentence, or ended; run node benchmarks/Benchmarks/sherpa/speak.mjs 1 to see why.");
            }
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
