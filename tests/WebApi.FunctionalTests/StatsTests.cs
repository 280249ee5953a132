using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>The statistics as clients read them. That the figures are right is tested in the database's tests, for every filter.</summary>
public sealed class StatsTests
{
    private DictationServer server = null!;
    private long item;

    [SetUp]
    public async Task StartServer()
    {
        var lag = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero) - TimeProvider.System.GetUtcNow();
        server = new DictationServer(services: s => s.Replace(ServiceDescriptor.Singleton<TimeProvider>(new ClockOfAnotherDay(lag))));
        item = (await server.AddItemAsync("Tuuli käy pöydällä.", "sää")).Number("id");
    }

    [TearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [Test]
    public async Task Figures_WithoutAttempts_AreNullOrEmpty()
    {
        Assert.Multiple(async () =>
        {
            Assert.That(
                (await server.GetAsync("/api/v1/stats/summary")).ToJsonString(),
                Is.EqualTo("""{"total_attempts":0,"unique_items_practiced":0,"average_score":null,"best_score":null,"worst_score":null,"average_wer":null,"total_practice_time_minutes":null}"""));
            Assert.That(
                (await server.GetAsync("/api/v1/stats/practice-log")).ToJsonString(), Is.EqualTo("""{"practice_log":[],"total":0,"page":1,"per_page":20,"total_pages":0}"""));
            Assert.That((await server.GetAsync("/api/v1/stats/progress")).ToJsonString(), Is.EqualTo("""{"progress":[]}"""));
            var stats = await server.GetAsync($"/api/v1/stats/items/{item}");
            Assert.That((stats.Number("attempt_count"), stats["average_score"], stats["trend"]!.AsArray().Count, stats["missed_words"]!.AsArray().Count), Is.EqualTo((0, (JsonNode?)null, 0, 0)));
            Assert.That((await server.GetAsync("/api/v1/stats/tts")).Number("total_tasks"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Figures_OfSomeAttempts_AreThoseOfTheLearnerAskedFor()
    {
        var other = (await server.AddItemAsync("Yksi kaksi.")).Number("id");
        await WriteAsync(item, "tuli käy pöydällä", "aino", 60_000);
        await WriteAsync(item, "Tuuli käy pöydällä", "aino", 30_000);
        await WriteAsync(other, "yksi", "aino", null);
        await WriteAsync(item, "", "bo", null);

        var summary = await server.GetAsync("/api/v1/stats/summary?user_id=aino");
        var log = await server.GetAsync("/api/v1/stats/practice-log?user_id=aino");
        var stats = await server.GetAsync($"/api/v1/stats/items/{item}");
        var progress = (await server.GetAsync($"/api/v1/stats/progress?item_id={item}&tz=Europe/Helsinki&days=2")).List("progress").ToList();
        Assert.Multiple(() =>
        {
            Assert.That((summary.Number("total_attempts"), summary.Number("unique_items_practiced"), summary.Number("best_score"), summary.Number("worst_score")), Is.EqualTo((3, 2, 100, 50)));
            Assert.That(summary["average_score"]!.GetValue<double>(), Is.EqualTo((67 + 100 + 50) / 3.0).Within(1e-9));
            Assert.That(summary["average_wer"]!.GetValue<double>(), Is.EqualTo(((1 / 3.0) + 0 + 0.5) / 3).Within(1e-9));
            Assert.That(summary["total_practice_time_minutes"]!.GetValue<double>(), Is.EqualTo(1.5).Within(1e-9));

            Assert.That(log.List("practice_log").Select(e => e.Number("item_id")), Is.EqualTo((long[])[other, item]));
            var entry = log.List("practice_log").Last();
            Assert.That((entry.Text("text"), entry.Text("locale"), entry.Number("difficulty"), entry.List("tags").Single().GetValue<string>()), Is.EqualTo(("Tuuli käy pöydällä.", "fi", 1, "sää")));
            Assert.That((entry.Number("attempt_count"), entry.Number("best_score"), entry.Number("worst_score")), Is.EqualTo((2, 100, 67)));
            Assert.That(entry.Time("first_attempt_at"), Is.LessThanOrEqualTo(entry.Time("last_practiced_at")));
            Assert.That(entry["avg_wer"]!.GetValue<double>(), Is.EqualTo(1 / 6.0).Within(1e-9));

            Assert.That(stats["trend"]!.ToJsonString(), Is.EqualTo("[67,100,0]"));
            Assert.That(
                stats.List("missed_words").Select(w => (w.Text("word"), w.Number("count"))), Is.EqualTo(((string, long)[])[("tuuli", 2), ("käy", 1), ("pöydällä", 1)]));

            Assert.That(progress.Sum(d => d.Number("attempts")), Is.EqualTo(3));
            Assert.That(progress[^1].Text("date"), Does.Match(@"^\d{4}-\d\d-\d\d$"));
        });
    }

    [Test]
    public async Task Progress_AcrossAChangeOfTheClock_CountsEachAttemptOnItsLocalDay()
    {
        // Helsinki goes from +2 to +3 in the night to 29 March 2026, and back in the night to 25 October.
        string[] moments = ["2026-03-28T21:59:59", "2026-03-28T22:00:00", "2026-03-29T20:59:59", "2026-03-29T21:00:00", "2026-10-24T20:59:59", "2026-10-24T21:00:00", "2026-10-25T21:59:59", "2026-10-25T22:00:00"];
        for (var i = 0; i < moments.Length; i++)
        {
            await WriteAsync(item, "tuuli", null, null);
        }

        await MoveAttemptsAsync(moments);
        var progress = await server.GetAsync("/api/v1/stats/progress?days=365&tz=Europe/Helsinki");
        Assert.That(
            progress.List("progress").Select(d => (d.Text("date"), d.Number("attempts"))),
            Is.EqualTo(((string, long)[])[("2026-03-28", 1), ("2026-03-29", 2), ("2026-03-30", 1), ("2026-10-24", 1), ("2026-10-25", 2), ("2026-10-26", 1)]));
        var part = await server.GetAsync("/api/v1/stats/progress?days=365&tz=Europe/Helsinki&since=2026-03-28T23:00:00%2B01:00&until=2026-03-29T21:00:00Z");
        Assert.That(part.List("progress").Select(d => (d.Text("date"), d.Number("attempts"))), Is.EqualTo(((string, long)[])[("2026-03-29", 2)]));
    }

    [Test]
    public async Task Figures_BetweenTheFirstAndTheLastMomentThereIs_AreAll(
        [Values("", "since=0001-01-01", "since=0001-01-01T00:00:00.0000001Z", "since=1970-01-01")] string since,
        [Values("", "until=9999-12-31", "until=9999-12-31T23:59:59.9999999Z")] string until)
    {
        await WriteAsync(item, "Tuuli käy pöydällä", "aino", null);
        foreach (var (path, attempts) in new[] { ("summary", "total_attempts"), ("practice-log", "total"), ($"items/{item}", "attempt_count") })
        {
            Assert.That((await server.GetAsync($"/api/v1/stats/{path}?{since}&{until}")).Number(attempts), Is.EqualTo(1), path);
        }

        Assert.That((await server.GetAsync($"/api/v1/stats/progress?{since}&{until}")).List("progress").Count(), Is.EqualTo(1));
    }

    [TestCase("since=9999-12-31T23:59:59.9999999Z")]
    [TestCase("until=0001-01-01T00:00:00.0000001Z")]
    public async Task Figures_OfATimeWithoutAttempts_AreNone(string bound)
    {
        await WriteAsync(item, "Tuuli käy pöydällä", "aino", null);
        Assert.That((await server.GetAsync($"/api/v1/stats/summary?{bound}")).Number("total_attempts"), Is.EqualTo(0));
        Assert.That((await server.GetAsync($"/api/v1/stats/progress?{bound}")).List("progress"), Is.Empty);
    }

    [TestCase("/api/v1/stats/summary?since=2026-02-01&until=2026-02-01", "until")]
    [TestCase("/api/v1/stats/summary?since=soon", "since")]
    [TestCase("/api/v1/stats/progress?days=0", "days")]
    [TestCase("/api/v1/stats/progress?days=366", "days")]
    [TestCase("/api/v1/stats/progress?tz=Mars/Base", "tz")]
    [TestCase("/api/v1/stats/progress?tz=../../etc/passwd", "tz")]
    [TestCase("/api/v1/stats/practice-log?per_page=0", "per_page")]
    [TestCase("/api/v1/stats/items/1?user_id=12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901", "user_id")]
    public async Task Request_OutOfBounds_IsRefusedByItsField(string path, string field) =>
        Assert.That((await server.GetAsync(path, 422)).List("errors").Select(e => e.Text("field")), Is.EqualTo((string[])[field]));

    [Test]
    public async Task Figures_OfAnItemThatDoesNotExist_Are404()
    {
        Assert.That((await server.GetAsync("/api/v1/stats/items/99", 404)).Text("code"), Is.EqualTo("item_not_found"));
        Assert.That((await server.GetAsync("/api/v1/stats/progress?item_id=99", 404)).Text("code"), Is.EqualTo("item_not_found"));
    }

    private Task<JsonNode> WriteAsync(long id, string transcription, string? learner, long? durationMs) => server.SendAsync(
        HttpMethod.Post, "/api/v1/attempts", new JsonObject { ["item_id"] = id, ["transcription"] = transcription, ["user_id"] = learner, ["duration_ms"] = durationMs }, 201);

    /// <summary>Gives the attempts other times behind the service's back, with all that follows from them.</summary>
    private async Task MoveAttemptsAsync(string[] moments)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.Data.Path, "dictation.db")};Pooling=False;Default Timeout=30");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = string.Concat(moments.Select((m, i) =>
            $"UPDATE Attempts SET CreatedAt = '{m.Replace('T', ' ')}', Quarter = unixepoch('{m}') / 900 WHERE Id = (SELECT Id FROM Attempts ORDER BY Id LIMIT 1 OFFSET {i});")) + """
            DELETE FROM PracticeTotals15Min;
            INSERT INTO PracticeTotals15Min (Quarter, Attempts, ScoreSum, BestScore, WorstScore, WerSum, Timed, DurationSum)
            SELECT Quarter, COUNT(*), SUM(Score), MAX(Score), MIN(Score), SUM(Wer), 0, 0 FROM Attempts GROUP BY Quarter;
            """;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Runs as the machine's clock does, and shows another day.</summary>
    private sealed class ClockOfAnotherDay(TimeSpan lag) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + lag;
    }
}
