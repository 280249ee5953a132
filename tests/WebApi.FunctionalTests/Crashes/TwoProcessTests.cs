using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dictation.WebApi.FunctionalTests.Support;
using Microsoft.Data.Sqlite;

namespace Dictation.WebApi.FunctionalTests.Crashes;

/// <summary>
/// Two processes on one data directory: leases keep every task single. <c>DICTATION_TWO_PROCESS_TASKS</c> says how many they share
/// (docs/reliability.md has the figures of a long run).
/// </summary>
[Platform("Unix", Reason = "Signals are Unix's; on Windows the same code runs without them.")]
[Category("Stress")]
public sealed partial class TwoProcessTests
{
    private static readonly Dictionary<string, int> NoRetries = [];

    [Test]
    public async Task TwoProcesses_ThatShareTheWork_SpeakEachTextOnce()
    {
        var count = Settings.Number("DICTATION_TWO_PROCESS_TASKS", 50);
        using var directory = new TemporaryDirectory();
        var data = Path.Combine(directory.Path, "data");

        // Nobody dies, and a busy machine must not make a lease run out.
        await using var one = await StartAsync(directory.Path, lease: 120);
        await TaskAudit.InstallAsync(data);
        await using var two = await StartAsync(directory.Path, lease: 120);
        var clock = Stopwatch.StartNew();
        var ids = new string[count];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            ids[i] = await SubmitAsync(i % 2 == 0 ? one : two, $"Tämä teksti on yhteinen kahdelle palvelimelle, ja sen numero on {i}. Se puhutaan kerran."));
        foreach (var id in ids)
        {
            await DoneAsync(two, id);
        }

        var (byOne, byTwo) = (Spoken(one), Spoken(two));
        await TestContext.Progress.WriteLineAsync($"{count} tasks in two processes in {clock.Elapsed.TotalSeconds:F0} s: {byOne} spoken by one, {byTwo} by the other");
        Assert.Multiple(async () =>
        {
            Assert.That(ids, Is.Unique);
            Assert.That(await TaskAudit.DoneAsync(data), Is.EquivalentTo(ids.ToDictionary(id => id, _ => 1)));
            Assert.That(byOne + byTwo, Is.EqualTo(count), "each text is spoken once");
            Assert.That((byOne, byTwo), Is.Not.EqualTo((count, 0)).And.Not.EqualTo((0, count)), "both take part");
        });
        await InOrderAsync(data);
    }

    [Test]
    public async Task Kill9_OfOneOfTwoProcesses_LeavesItsWorkToTheOtherWithinTheLease()
    {
        const int Lease = 3;
        const int Tasks = 5;

        // For the poll, the claim and a busy machine.
        const int Margin = 5;
        using var directory = new TemporaryDirectory();
        var data = Path.Combine(directory.Path, "data");
        await using var one = await StartAsync(directory.Path, Lease);
        await TaskAudit.InstallAsync(data);

        // The other is paused until the kill, so one process claims all of them, and the kill follows at once when it speaks.
        await using var two = await StartAsync(directory.Path, Lease);
        await PauseWithoutWriteLockAsync(two, data);
        var ids = new List<string>();
        for (var i = 0; i < Tasks; i++)
        {
            ids.Add(await SubmitAsync(one, LongText(50, i)));
        }

        await Eventually.HoldsAsync(async () => await ClaimsAsync(data) == Tasks, "all are claimed");
        await Eventually.HoldsAsync(
            async () => (await one.GetAsync("/api/v1/tts/statistics"))["status_counts"]!["processing"]!.GetValue<int>() > 0, "one is being spoken");
        await one.KillAsync();
        var killed = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        two.Resume();
        foreach (var id in ids)
        {
            await DoneAsync(two, id);
        }

        var taken = await Database.RowsAsync(data, "SELECT At FROM ClaimAudit ORDER BY Seq", r => r.GetDouble(0));
        Assert.That(taken, Has.Count.GreaterThan(Tasks), "the kill came too late to prove anything");
        var waited = taken[^1] - killed;
        await TestContext.Progress.WriteLineAsync($"{taken.Count - Tasks} of {Tasks} tasks were claimed by the other process {waited:F1} s after the kill, with a lease of {Lease} s");
        Assert.That(waited, Is.LessThan(Lease + Margin));
        Assert.That(await TaskAudit.DoneAsync(data), Is.EquivalentTo(ids.ToDictionary(id => id, _ => 1)));
        await InOrderAsync(data);
    }

    [Test]
    public async Task ProcessPausedBeyondItsLease_WhileItSpeaks_DiscardsItsLateResultAndWorksOn()
    {
        using var directory = new TemporaryDirectory();
        var data = Path.Combine(directory.Path, "data");
        await using var paused = await StartAsync(directory.Path, lease: 1);
        await TaskAudit.InstallAsync(data);
        var id = await SubmitAsync(paused, LongText(80, 0));
        var deleted = await SubmitAsync(paused, LongText(20, 1));
        await PauseWhileSpeakingAsync(paused, data, id);

        // The other takes over, ends it, and one that waited in the paused process is deleted.
        await using var other = await StartAsync(directory.Path, lease: 1);
        await DoneAsync(other, id);
        await DoneAsync(other, deleted);
        using (var answer = await other.Http.DeleteAsync($"/api/v1/tts/{deleted}"))
        {
            Assert.That((int)answer.StatusCode, Is.EqualTo(204));
        }

        var hash = await HashAsync(other, id);
        paused.Resume();
        await Eventually.HoldsAsync(() => paused.Output.Contains($"The claim on task {id} was lost", StringComparison.Ordinal), "the paused process sees that its claim is lost");

        // It works on as usual, and alone.
        await other.KillAsync();
        await DoneAsync(paused, await SubmitAsync(paused, "Tauon jälkeen puhutaan taas."));
        Assert.That(await HashAsync(paused, id), Is.EqualTo(hash));
        Assert.That((await TaskAudit.DoneAsync(data)).Values, Is.EqualTo((int[])[1, 1, 1]));
        await InOrderAsync(data);
    }

    private static Task<ServerProcess> StartAsync(string directory, int lease) => ServerProcess.StartAsync(directory, new()
    {
        ["Queue__LeaseSeconds"] = $"{lease}",
        ["Queue__PollSeconds"] = "0.1",

        // The same pace on a machine of many cores: some tests count on a text's taking a while.
        ["Tts__Threads"] = "1",
        ["Logging__LogLevel__Dictation.Infrastructure.Tts"] = "Debug",
    });

    private static async Task PauseWhileSpeakingAsync(ServerProcess server, string data, string id)
    {
        await Eventually.HoldsAsync(async () => (await server.GetAsync($"/api/v1/tts/{id}")).Text("status") == "processing", "the text is being spoken");
        await PauseWithoutWriteLockAsync(server, data);
        Assert.That(await Database.RowsAsync(data, $"SELECT Status FROM TtsTasks WHERE ConversionId = '{id}'", r => r.GetString(0)), Is.EqualTo((string[])["Processing"]), "the pause came too late to prove anything");
    }

    /// <summary>
    /// A process that is paused with SQLite's write lock stops every writer, and no lease can help. So the test holds the lock while it pauses.
    /// </summary>
    private static async Task PauseWithoutWriteLockAsync(ServerProcess server, string data)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "dictation.db")};Pooling=False;Default Timeout=60");
        await connection.OpenAsync();
        await using var transaction = connection.BeginTransaction();
        server.Pause();
        await transaction.RollbackAsync();
    }

    private static async Task<string> SubmitAsync(ServerProcess server, string text) => (await server.PostAsync("/api/v1/tts/convert", new JsonObject { ["text"] = text })).Text("conversion_id");

    private static async Task DoneAsync(ServerProcess server, string id)
    {
        JsonNode task;
        do
        {
            task = await server.GetAsync($"/api/v1/tts/{id}?wait=5");
        }
        while (task.Text("status") is not ("done" or "failed"));
        Assert.That(task.Text("status"), Is.EqualTo("done"), task.ToJsonString());
    }

    private static async Task<string> HashAsync(ServerProcess server, string id)
    {
        using var response = await server.Http.GetAsync($"/api/v1/tts/{id}/download");
        var hash = Convert.ToHexStringLower(SHA256.HashData(await response.Content.ReadAsByteArrayAsync()));
        Assert.That(response.Headers.ETag!.Tag, Is.EqualTo($"\"{hash}\""));
        return hash;
    }

    private static async Task InOrderAsync(string data)
    {
        await Storekeeper.InOrderAsync(data);
        Assert.That(await TaskAudit.FaultsAsync(data, NoRetries), Is.Empty);
    }

    private static async Task<int> ClaimsAsync(string data) => (await Database.RowsAsync(data, "SELECT Seq FROM ClaimAudit", r => r.GetInt64(0))).Count;

    private static int Spoken(ServerProcess server) => SpokenLine().Count(server.Output);

    private static string LongText(int sentences, int number) => string.Join(' ', Enumerable.Range(0, sentences).Select(i => $"Pitkä teksti {number} kertoo kaiken {i}."));

    [GeneratedRegex(@"SpeechSynthesizer\S* .* spoke \d+ characters")]
    private static partial Regex SpokenLine();
}
