using System.Diagnostics;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests.Crashes;

/// <summary>
/// The real program, killed by itself at each step between row, queue, file and event. Some of the points are run each time, and all of them with
/// <c>DICTATION_CRASH_POINTS=all</c>; <c>DICTATION_SEED</c> chooses.
/// </summary>
[Platform("Unix", Reason = "Signals are Unix's; on Windows the same code runs without them.")]
[Category("Stress")]
public sealed class CrashPointTests
{
    private const int Some = 3;
    private const int Chains = 1;

    /// <summary>128 and SIGKILL's number.</summary>
    private const int Killed = 137;

    // Spoken for longer than the third of a lease after which it is extended, and than a client needs to delete it.
    private const int LongTextSentences = 150;

    private static readonly (string Way, Func<JournalingClient, Task> Scenario)[] Points =
    [
        .. Around("ITtsTaskStore.AddAsync", Submit),
        .. Around("ITtsTaskStore.AddAsync", SubmitMany),
        ("ITtsTaskStore.AddAsync:after ITtsTaskQueue.ClaimDueAsync:before", Submit),
        ("ITtsTaskQueue.ClaimDueAsync:after", SubmitMany),
        .. Around("ITtsEngine.Submit", SubmitMany),
        .. Around("IAudioStore.Create", Submit),
        .. Event("TtsJobStarted", Submit),
        .. Event("TtsJobCompleted", Submit),
        .. Event("TtsJobStored", Submit),
        .. Event("TtsJobStored", CreateItem),
        .. Event("TtsJobFailed", SubmitSilence),
        .. Event("TtsJobCancelled", DeleteWhileSpoken),
        .. Around("IAudioWriter.CommitAsync", Submit),
        .. Around("ITtsTaskQueue.ExtendLeasesAsync", SubmitLong),
        .. Around("ITtsTaskStore.ChangeAsync", Retry),
        .. Around("ITtsTaskStore.DeleteAsync", Delete),
        .. Around("ITtsTaskStore.DeleteAsync", DeleteWhileSpoken),
        .. Around("ITtsEngine.Cancel", DeleteWhileSpoken),
        .. Around("IAudioStore.DeleteAsync", Delete),
        .. Around("IItemRepository.AddAsync", CreateItem),
        .. Around("IItemRepository.ChangeAsync", TagItem),
        .. Around("IItemRepository.SpeakAsync", EditItem),
        .. Around("IAudioStore.DeleteAsync", EditItem),
        .. Around("IItemRepository.SpeakAsync", RefreshItem),
        .. Around("IAudioStore.DeleteAsync", RefreshItem),
        .. Around("IItemRepository.DeleteAsync", DeleteItem),
        .. Around("IAudioStore.DeleteAsync", DeleteItem),
        .. Around("IAttemptRepository.AddAsync", Attempt),
    ];

    [Test]
    public async Task Kill9_AtEachStepBetweenRowQueueFileAndEvent_LosesNothingAndDoesNothingTwice()
    {
        var seed = Seed.Start;
        var all = Environment.GetEnvironmentVariable("DICTATION_CRASH_POINTS") == "all";
        TestContext.Out.WriteLine($"seed {seed}");
        var points = Points.ToArray();
        new Random(seed).Shuffle(points);
        points = all ? points : points[..Some];
        var clock = Stopwatch.StartNew();
        var faults = (await Task.WhenAll(Enumerable.Range(0, Chains).Select(i => ChainAsync([.. points.Where((_, n) => n % Chains == i)], seed + i)))).SelectMany(f => f).ToList();
        await TestContext.Progress.WriteLineAsync($"{points.Length} of {Points.Length} crash points, seed {seed}, in {clock.Elapsed.TotalSeconds:F0} s");
        Assert.That(faults, Is.Empty, $"seed {seed}\n{string.Join("\n\n", faults)}");
    }

    /// <summary>Each start makes up for the crash before it and runs into the next; after a fault the next begins with an empty directory.</summary>
    private static async Task<List<string>> ChainAsync(IReadOnlyList<(string Way, Func<JournalingClient, Task> Scenario)> points, int seed)
    {
        var faults = new List<string>();
        var begun = 0;
        do
        {
            using var directory = new TemporaryDirectory();
            var client = new JournalingClient(0, seed);
            var journal = new Journal([client], Path.Combine(directory.Path, "data"));
            var before = "";
            try
            {
                await using (var first = await StartAsync(directory.Path))
                {
                    await TaskAudit.InstallAsync(journal.Data);
                }

                while (begun < points.Count)
                {
                    await using var server = await StartAsync(directory.Path, points[begun].Way);
                    await MakeUpAsync(server, journal);
                    var point = points[begun++];
                    before = $"{point.Way} in {point.Scenario.Method.Name}";
                    await RunToDeathAsync(server, client, point);
                }

                await using var last = await StartAsync(directory.Path);
                await MakeUpAsync(last, journal);
            }
            catch (Exception exception)
            {
                faults.Add($"After {before}: {exception.Message}");
                if (before.Length == 0)
                {
                    // It fails without a crash; more starts would say the same.
                    return faults;
                }
            }
        }
        while (begun < points.Count);
        return faults;
    }

    private static async Task MakeUpAsync(ServerProcess server, Journal journal)
    {
        await journal.ReturnAsync(server);
        await journal.AllIsWellAsync(server, thoroughly: false);
    }

    private static async Task RunToDeathAsync(ServerProcess server, JournalingClient client, (string Way, Func<JournalingClient, Task> Scenario) point)
    {
        try
        {
            await point.Scenario(client);

            // All is answered; what goes on behind comes to the point.
            await Eventually.HoldsAsync(
                async () =>
                {
                    await client.AskForHealthAsync();
                    return false;
                },
                $"the crash point {point.Way} is reached");
        }
        catch (ConnectionLostException)
        {
            Assert.That(await server.EndedAsync(), Is.EqualTo(Killed), server.Output);
            Assert.That(server.Output, Does.Contain($"Crash point {point.Way.Split(' ')[^1]}"));
        }
    }

    private static Task<ServerProcess> StartAsync(string directory, string? way = null)
    {
        var environment = new Dictionary<string, string>
        {
            ["Queue__LeaseSeconds"] = "1",
            ["Queue__PollSeconds"] = "0.1",

            // The same pace on a machine of many cores: a long text takes a while.
            ["Tts__Threads"] = "1",
        };
        if (way is not null)
        {
            environment["DOTNET_STARTUP_HOOKS"] = Path.Combine(AppContext.BaseDirectory, "Dictation.CrashPoints.dll");

            // What is made up for after a start passes the points too; the way to the crash begins with the client's sign.
            environment["DICTATION_CRASH_AT"] = $"ITagRepository.ListAsync:before {way}";
        }

        return ServerProcess.StartAsync(directory, environment);
    }

    private static (string Way, Func<JournalingClient, Task> Scenario)[] Around(string call, Func<JournalingClient, Task> scenario) => [($"{call}:before", scenario), ($"{call}:after", scenario)];

    private static (string Way, Func<JournalingClient, Task> Scenario)[] Event(string name, Func<JournalingClient, Task> scenario) =>
        [($"{name}:published", scenario), .. Around($"ITtsTaskQueue.ChangeManyAsync({name})", scenario)];

    private static async Task Submit(JournalingClient client)
    {
        await client.SignalAsync();
        await client.SubmitAsync(client.NewText());
    }

    private static async Task SubmitMany(JournalingClient client)
    {
        await client.SignalAsync();
        await client.SubmitAsync(client.NewText(), client.NewText(3), client.NewText());
    }

    private static async Task SubmitLong(JournalingClient client)
    {
        await client.SignalAsync();
        await client.SubmitAsync(client.NewText(LongTextSentences));
    }

    private static async Task SubmitSilence(JournalingClient client)
    {
        await client.SignalAsync();
        await client.SubmitAsync(client.NewUnspeakableText());
    }

    private static async Task Retry(JournalingClient client)
    {
        var id = (await client.SubmitAsync(client.NewUnspeakableText()))[0];
        await client.FollowAsync(id);
        await client.SignalAsync();
        await client.RetryAsync(id);
    }

    private static async Task Delete(JournalingClient client)
    {
        var id = (await client.SubmitAsync(client.NewText()))[0];
        await client.FollowAsync(id);
        await client.SignalAsync();
        await client.DeleteTaskAsync(id);
    }

    private static async Task DeleteWhileSpoken(JournalingClient client)
    {
        var id = (await client.SubmitAsync(client.NewText(LongTextSentences)))[0];
        await client.BeginsAsync(id);
        await client.SignalAsync();
        await client.DeleteTaskAsync(id);
    }

    private static async Task CreateItem(JournalingClient client)
    {
        await client.SignalAsync();
        await client.CreateItemAsync(client.NewText());
    }

    private static async Task TagItem(JournalingClient client) => await client.EditItemAsync(await SpokenItemAsync(client), tags: ["uusi"]);

    private static async Task EditItem(JournalingClient client) => await client.EditItemAsync(await SpokenItemAsync(client), text: client.NewText());

    private static async Task RefreshItem(JournalingClient client) => await client.RefreshItemAsync(await SpokenItemAsync(client));

    private static async Task DeleteItem(JournalingClient client) => await client.DeleteItemAsync(await SpokenItemAsync(client));

    private static async Task Attempt(JournalingClient client) => await client.AttemptAsync(await SpokenItemAsync(client));

    private static async Task<long> SpokenItemAsync(JournalingClient client)
    {
        var item = await client.CreateItemAsync(client.NewText());
        await client.SpokenAsync(item);
        await client.SignalAsync();
        return item;
    }
}
