using System.Diagnostics;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests.Crashes;

/// <summary>
/// The real process, killed at any moment. <c>DICTATION_CRASH_CYCLES</c> says how often (docs/reliability.md has the figures of a long run), and
/// <c>DICTATION_SEED</c> where chance begins.
/// </summary>
[Platform("Unix", Reason = "Signals are Unix's; on Windows the same code runs without them.")]
[Category("Stress")]
public sealed class RandomCrashTests
{
    private const int Clients = 4;

    private static readonly Dictionary<string, string> Environment = new()
    {
        ["Queue__LeaseSeconds"] = "1",
        ["Queue__PollSeconds"] = "0.1",

        // A text that is being spoken at many kills in a row has done nothing wrong.
        ["Queue__MaxTries"] = "100",
    };

    [Test]
    public async Task Kill9_AtAnyMomentOfRandomTraffic_LosesNothingAndDoesNothingTwice()
    {
        var cycles = Settings.Number("DICTATION_CRASH_CYCLES", 2);
        var seed = Seed.Start;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var directory = new TemporaryDirectory();
        var journal = new Journal([.. Enumerable.Range(0, Clients).Select(i => new JournalingClient(i, seed + i))], Path.Combine(directory.Path, "data"));
        var clock = Stopwatch.StartNew();
        for (var cycle = 0; cycle <= cycles; cycle++)
        {
            await using var server = await ServerProcess.StartAsync(directory.Path, Environment);
            if (cycle == 0)
            {
                await TaskAudit.InstallAsync(journal.Data);
            }

            try
            {
                await journal.ReturnAsync(server);

                // Every third or so is killed again while it still makes up for the last time.
                if (cycle == cycles || random.Next(3) > 0)
                {
                    await journal.AllIsWellAsync(server, thoroughly: cycle == cycles);
                }

                if (cycle < cycles)
                {
                    await KillAmidTrafficAsync(server, journal, random);
                }
            }
            catch (Exception exception) when (exception is not ConnectionLostException)
            {
                throw new AssertionException($"With seed {seed}, after {cycle} kills: {exception.Message}\n{server.Output}", exception);
            }
        }

        var done = await TaskAudit.DoneAsync(journal.Data);
        await TestContext.Progress.WriteLineAsync(
            $"{cycles} kills from seed {seed} in {clock.Elapsed.TotalSeconds:F0} s: {journal.Clients.Sum(c => c.Answers)} answers, {journal.Clients.Sum(c => c.Unanswered)} requests unanswered, {done.Count} conversions done");
        Assert.That(done.Values, Has.All.EqualTo(1));
    }

    /// <summary>Kills the server after some answers and a moment more, and returns when no client hears from it any more.</summary>
    private static async Task KillAmidTrafficAsync(ServerProcess server, Journal journal, Random random)
    {
        var answers = journal.Clients.Sum(c => c.Answers) + random.Next(1, 150);
        var moment = TimeSpan.FromMilliseconds(random.Next(100));
        var work = Task.WhenAll(journal.Clients.Select(WorkAsync));
        await Eventually.HoldsAsync(() => work.IsCompleted || journal.Clients.Sum(c => c.Answers) >= answers, "the clients are answered");
        Assert.That(work.IsCompleted, Is.False, () => $"the clients stopped before the server was killed: {work.Exception}");
        await Task.Delay(moment);
        await server.KillAsync();
        await work;
    }

    private static async Task WorkAsync(JournalingClient client)
    {
        try
        {
            while (true)
            {
                await client.ActAsync();
            }
        }
        catch (ConnectionLostException)
        {
            // Killed.
        }
    }
}
