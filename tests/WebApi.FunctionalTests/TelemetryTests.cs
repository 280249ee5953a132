using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>What operators see.</summary>
public sealed partial class TelemetryTests
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c", Caller = "b7ad6b7169203331";

    [Test]
    public async Task Trace_OfARequest_LeadsThroughTheQueueToTheStoredFile()
    {
        await using var collector = await Collector.StartAsync();
        string id;
        await using (var server = new DictationServer(collector.Settings))
        {
            id = await SubmitTracedAsync(server.Http, "Jälki johtaa perille.");
            await server.EndedAsync(id);
            await server.GetAsync("/health");
        }

        // The host is disposed of by the program and by the test: who comes second does not wait for the first, who sends what is left.
        await Eventually.HoldsAsync(() => collector.Spans.Any() && collector.Metrics.Any(), "all was sent");
        var spans = collector.Spans.Where(s => s.Trace == Trace).ToDictionary(s => s.Name);
        Assert.That(spans.Keys, Is.EquivalentTo(["POST api/v1/tts/convert", "submit speech", "wait in queue", "speak", "synthesize", "store audio"]));
        Assert.Multiple(() =>
        {
            Assert.That(spans["POST api/v1/tts/convert"].Parent, Is.EqualTo(Caller));
            Assert.That(spans["submit speech"].Parent, Is.EqualTo(spans["POST api/v1/tts/convert"].Id));
            Assert.That(spans["wait in queue"].Parent, Is.EqualTo(spans["submit speech"].Id));
            Assert.That(spans["speak"].Parent, Is.EqualTo(spans["submit speech"].Id));
            Assert.That(spans["synthesize"].Parent, Is.EqualTo(spans["speak"].Id));
            Assert.That(spans["store audio"].Parent, Is.EqualTo(spans["speak"].Id));
            Assert.That(spans["POST api/v1/tts/convert"].Attributes, Does.Contain("http.request.method=POST").And.Contain("http.response.status_code=201"));
            Assert.That(spans["speak"].Attributes, Does.Contain($"dictation.conversion_id={id}").And.Contain("dictation.voice=fi_FI-aino-tiny"));
            Assert.That(spans["speak"].Resource, Does.Contain("service.name=dictation"));
            Assert.That(collector.Spans.Where(s => s.Attributes.Any(a => a.StartsWith("url.path=/health", StringComparison.Ordinal))), Is.Empty, "probes tell nothing");
            Assert.That(string.Join('\n', collector.Spans.SelectMany(s => s.Attributes)), Does.Not.Contain("Jälki"), "texts are the learners'");
            Assert.That(collector.Metrics, Does.Contain("dictation.tasks").And.Contain("http.server.request.duration"));
        });
    }

    [Test]
    public async Task Trace_OfATaskThatOutlivedItsProcess_GoesOnInTheNext()
    {
        await using var collector = await Collector.StartAsync();
        using var data = new TemporaryDirectory();
        Dictionary<string, string> settings = new(collector.Settings) { ["DATA_DIR"] = data.Path, ["Queue__LeaseSeconds"] = "1" };
        string id;
        await using (var first = await ServerProcess.StartAsync(data.Path, settings))
        {
            id = await SubmitTracedAsync(first.Http, string.Join(' ', Enumerable.Repeat("Tämä teksti on niin pitkä, että palvelin ehtii kuolla.", 180)));
            await first.KillAsync();
        }

        Assert.That(collector.Spans, Is.Empty, "the first process died before it sent anything");
        await using (var second = await ServerProcess.StartAsync(data.Path, settings))
        {
            await Eventually.HoldsAsync(async () => (await second.GetAsync($"/api/v1/tts/{id}?wait=30")).Text("status") == "done", "the task is done");
            await second.InterruptAsync();
        }

        Assert.That(collector.Spans.Where(s => s.Trace == Trace).Select(s => s.Name), Is.SupersetOf(["wait in queue", "speak", "synthesize", "store audio"]));
    }

    [Test]
    public async Task Collector_ThatIsNotThere_IsLoggedAndHoldsUpNothing()
    {
        await using var server = new DictationServer(new()
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
        });
        await server.EndedAsync((await server.SubmitAsync("Kerääjä on poissa.")).Text("conversion_id"));
        await Eventually.HoldsAsync(() => server.Log.Lines.Any(l => l.Contains("Telemetry could not be sent", StringComparison.Ordinal)), "the failure is logged");
    }

    [TestCase("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "http://localhost:4317")]
    [TestCase("OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "grpc or http/protobuf")]
    public async Task Setting_ThatCannotBeRead_EndsTheStartWithASentence(string name, string value, string advice)
    {
        using var data = new TemporaryDirectory();
        var (exitCode, output) = await ServerProcess.RunToEndAsync(data.Path, new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:1", [name] = value, ["DATA_DIR"] = data.Path });
        Assert.That((exitCode, output), Is.EqualTo((1, $"Dictation cannot start. {name} is '{value}'; it must be {(name.EndsWith("ENDPOINT", StringComparison.Ordinal) ? "an address such as " : "")}{advice}.")));
    }

    [Test]
    public async Task Metrics_InPrometheusFormat_CountWhatWasDone()
    {
        await using var server = new DictationServer();
        var id = (await server.SubmitAsync("Mittari käy.")).Text("conversion_id");
        await server.EndedAsync(id);
        await server.SubmitAsync("Mittari käy.");
        await server.GetBytesAsync($"/api/v1/tts/{id}/download");
        Dictionary<string, double> samples = [];

        // What is looked at now and then, and what is counted behind an answer.
        await Eventually.HoldsAsync(
            async () => (samples = await ScrapeAsync(server.Http)).ContainsKey("dictation_health{dictation_check=\"database\"}")
                && samples.GetValueOrDefault("dictation_tries_total{dictation_outcome=\"stored\"}") >= 1
                && samples.ContainsKey("dictation_queue_age_seconds"),
            "everything was measured once");
        const string Voice = "{dictation_device=\"cpu\",dictation_engine=\"neural\",dictation_voice=\"fi_FI-aino-tiny\"}";

        // Servers of other tests in this process are measured along.
        Assert.Multiple(() =>
        {
            foreach (var (sample, atLeast) in new (string, double)[]
            {
                ("dictation_submissions_total{dictation_deduplicated=\"false\"}", 1),
                ("dictation_submissions_total{dictation_deduplicated=\"true\"}", 1),
                ("dictation_tasks_total{dictation_outcome=\"done\"}", 1),
                ("dictation_task_duration_seconds_count{dictation_outcome=\"done\"}", 1),
                ($"dictation_synthesis_duration_seconds_count{Voice}", 1),
                ($"dictation_synthesis_real_time_factor_bucket{Voice[..^1]},le=\"+Inf\"}}", 1),
                ($"dictation_synthesis_audio_seconds_total{Voice}", 0.3),
                ("dictation_queue_tasks{dictation_state=\"waiting\"}", 0),
                ("dictation_engine_workers{dictation_state=\"speaking\"}", 1),
                ("dictation_audio_store_operation_duration_seconds_count{dictation_operation=\"store\"}", 1),
                ("dictation_audio_store_operation_duration_seconds_count{dictation_operation=\"open\"}", 1),
                ("db_client_operation_duration_seconds_count{db_operation_name=\"SELECT\",db_system_name=\"sqlite\"}", 1),
                ("db_client_operation_duration_seconds_count{db_operation_name=\"COMMIT\",db_system_name=\"sqlite\"}", 1),
                ("dictation_db_write_wait_seconds_count", 1),
            })
            {
                Assert.That(samples.GetValueOrDefault(sample, -1), Is.GreaterThanOrEqualTo(atLeast), sample);
            }

            Assert.That(samples.Keys, Has.Some.Contains("http_server_request_duration_seconds_count").And.Some.Contains("http_route=\"api/v1/tts/convert\""));
            Assert.That(samples.Keys, Has.None.Contains("/metrics"));
        });
    }

    /// <summary>Every line is one of the format's, and every family is one block that its type comes first in.</summary>
    [Test]
    public async Task Metrics_KeepToTheFormat()
    {
        await using var server = new DictationServer();
        using var response = await server.Http.GetAsync("/metrics");
        Assert.That(response.Content.Headers.ContentType!.ToString(), Is.EqualTo("text/plain; version=0.0.4; charset=utf-8"));
        var families = new Dictionary<string, string>();
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(text, Does.EndWith("\n"));
        var current = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => !l.StartsWith("# HELP ", StringComparison.Ordinal)))
        {
            if (line.StartsWith("# TYPE ", StringComparison.Ordinal))
            {
                var words = line.Split(' ');
                current = words[2];
                Assert.That(families.TryAdd(current, words[3]), Is.True, $"{current} comes twice");
                Assert.That(words[3], Is.AnyOf("counter", "gauge", "histogram"));
                Assert.That(current.EndsWith("_total", StringComparison.Ordinal), Is.EqualTo(words[3] == "counter"), current);
                continue;
            }

            var sample = Sample().Match(line);
            Assert.That(sample.Success, Is.True, line);
            Assert.That(sample.Groups["name"].Value, Is.AnyOf(families[current] == "histogram" ? [$"{current}_bucket", $"{current}_sum", $"{current}_count"] : [current]), line);
        }
    }

    [Test]
    public async Task DashboardAndAlerts_AskForNothingThatIsNotMeasured()
    {
        await using var server = new DictationServer();
        var id = (await server.SubmitAsync("Kojelauta näyttää kaiken.")).Text("conversion_id");
        await server.EndedAsync(id);
        await server.GetBytesAsync($"/api/v1/tts/{id}/download");
        var monitoring = Path.Combine(Repository.Root, "docs", "monitoring");
        var dashboard = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(monitoring, "grafana-dashboard.json")))!;
        string[] expressions =
        [
            .. dashboard["panels"]!.AsArray().SelectMany(p => p!["targets"]?.AsArray().Select(t => t!.Text("expr")) ?? []),
            .. Expression().Matches(await File.ReadAllTextAsync(Path.Combine(monitoring, "alerts.yml"))).Select(m => m.Groups["expr"].Value),
        ];
        var asked = expressions.SelectMany(e => Metric().Matches(Labels().Replace(e, "")).Select(m => m.Value)).ToHashSet();
        Assert.That(asked, Has.Count.GreaterThan(15));
        IEnumerable<string> missing = [];
        await Eventually.HoldsAsync(
            async () =>
            {
                var measured = (await ScrapeAsync(server.Http)).Keys.Select(k => k.Split('{')[0]).ToHashSet();
                return !(missing = asked.Except(measured)).Any();
            },
            () => Task.FromResult($"these are measured: {string.Join(", ", missing)}"));
    }

    private static async Task<string> SubmitTracedAsync(HttpClient http, string text)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tts/convert") { Content = JsonContent.Create(new { text }), Headers = { { "traceparent", $"00-{Trace}-{Caller}-01" } } };
        using var response = await http.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.Text("conversion_id");
    }

    private static async Task<Dictionary<string, double>> ScrapeAsync(HttpClient http) =>
        (await http.GetStringAsync("/metrics")).Split('\n').Where(l => l.Length > 0 && l[0] != '#')
            .ToDictionary(l => l[..l.LastIndexOf(' ')].Replace("{}", "", StringComparison.Ordinal), l => l.EndsWith("Inf", StringComparison.Ordinal) ? double.PositiveInfinity : double.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\["\\n])*",?)*\})? (-?[0-9.]+(E[-+]?[0-9]+)?|[-+]Inf|NaN)$""", RegexOptions.ExplicitCapture)]
    private static partial Regex Sample();

    [GeneratedRegex(@"^ +expr: (?<expr>.+)$", RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex(@"by \([^)]*\)|\{[^}]*\}")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\b(dictation|http|db|dotnet|kestrel)_\w+")]
    private static partial Regex Metric();
}
