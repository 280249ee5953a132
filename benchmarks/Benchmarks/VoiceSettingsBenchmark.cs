using System.Globalization;
using Dictation.Infrastructure.Tts;

namespace Dictation.Benchmarks;

/// <summary>What threads and graph optimisation are worth: the built-in voice at each setting, against the defaults in the same run.</summary>
internal static class VoiceSettingsBenchmark
{
    private const int Rounds = 15;

    private static readonly string[] Sentences =
    [
        "Aamulla satoi lunta, ja koko piha peittyi valkoiseen vaippaan.", "Kuka ehtii ensimmäisenä ulos?", "Lapset juoksivat pulkkamäkeen!",
        "Iltapäivällä pakkanen kiristyi niin, että järven jää paukkui ja kuusten oksat narisivat.", "Sitten syötiin puuroa.",
    ];

    public static async Task<Report> RunAsync()
    {
        var defaults = new TtsOptions { Device = OnnxDevice.Cpu };
        int[] threads = [.. new[] { 1, 2, Environment.ProcessorCount, 2 * Environment.ProcessorCount }.Distinct()];
        List<(string Name, TtsOptions Options)> settings =
        [
            ("the defaults", defaults),
            .. threads.Select(t => ($"{t} thread(s), All", Options(t, GraphOptimization.All))),
            .. Enum.GetValues<GraphOptimization>().Where(g => g != defaults.GraphOptimization).Select(g => ($"default threads, {g}", Options(0, g))),
        ];
        var beds = settings.ConvertAll(s => new Bed(s.Options));
        var seconds = Sentences.Sum(beds[0].Speak);
        var medians = await Timing.MediansAsync(
            [.. beds.Select(bed => (Func<Task>)(() =>
            {
                foreach (var sentence in Sentences)
                {
                    bed.Speak(sentence);
                }

                return Task.CompletedTask;
            }))],
            Rounds);
        var loads = await Timing.MediansAsync(
            [.. settings.Select(s => (Func<Task>)(() =>
            {
                new Bed(s.Options).Dispose();
                return Task.CompletedTask;
            }))],
            rounds: 5);
        beds.ForEach(b => b.Dispose());
        return new Report(
            "Threads and graph optimisation",
            $"`dotnet run -c Release --project benchmarks/Benchmarks -- voice-settings`: five Finnish sentences with the built-in voice on the CPU, one text at a time (medians of {Rounds} interleaved rounds). `Tts:Threads` and `Tts:GraphOptimization` choose.",
            ["Setting", "Real-time factor", "Speed against the defaults", "Load, ms"],
            [.. settings.Select((s, i) => (IReadOnlyList<string>)
            [
                s.Name,
                (medians[i] / 1000 / seconds).ToString("0.0000", CultureInfo.InvariantCulture),
                (medians[0] / medians[i]).ToString("0.00", CultureInfo.InvariantCulture),
                Timing.Milliseconds(loads[i]),
            ])]);
    }

    private static TtsOptions Options(int threads, GraphOptimization optimization) => new() { Device = OnnxDevice.Cpu, Threads = threads, GraphOptimization = optimization };
}
