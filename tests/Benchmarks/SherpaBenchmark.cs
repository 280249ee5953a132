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
        int[] threads = [1, 2];
        List<IReadOnlyList<string>> rows = [];
        var folder = await InstallAsync();
        foreach (var count in threads)
        {
            using var engine = new Bed(new TtsOptions { Device = OnnxDevice.Cpu, Threads = count });
            using var sherpa = new Sherpa(folder, count);
            var medians = await Timing.MediansAsync(
                [
                    () =>
                    {
                        foreach (var sentence in sentences)
                        {
                            engine.Speak(sentence);
                        }

                        return Task.CompletedTask;
                    },
                    () => sherpa.SpeakAsync(sentences),
                ],
                Rounds);
            rows.Add(
            [
                count.ToString(CultureInfo.InvariantCulture), Rate(medians[0]), Rate(medians[1]), (medians[1] / medians[0]).ToString("0.00", CultureInfo.InvariantCulture),
            ]);
        }

        return new Report(
            "The engine against sherpa-onnx",
            $"`dotnet run -c Release --project tests/Benchmarks -- sherpa`: {Texts} Finnish sentences with the network of the built-in voice, one text at a time (medians of {Rounds} interleaved rounds). Ours is the whole engine, from text to a hashed WAV; theirs (npm `sherpa-onnx-node` 1.13.8) from text to samples. Sentences a second; the target is 1.2 times as many.",
            ["Threads", "Engine", "sherpa-onnx", "Ratio"],
            rows);
    }

    private static string Rate(double milliseconds) => (Texts / milliseconds * 1000).ToString("0.0", CultureInfo.InvariantCulture);

    private static async Task<string> InstallAsync()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Benchmarks", "sherpa");
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
                throw new InvalidOperationException("sherpa-onnx spoke less than a second a sentence, or ended; run node tests/Benchmarks/sherpa/speak.mjs 1 to see why.");
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
