using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Storage;
using Dictation.WebApi.FunctionalTests.OpenApi;
using Dictation.WebApi.FunctionalTests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Moq;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>Parts that fail under the service, and what health says of them.</summary>
[Category("Stress")]
public sealed class FaultTests
{
    [TestCase(false)]
    [TestCase(true, Description = "As a short text's audio finds a full disk.")]
    public async Task AudioStore_ThatCannotBeWritten_CostsNoTask_TheyWaitAndAreSpokenWhenItCan(bool atTheCommit)
    {
        var broken = true;
        var attempts = 0;
        await using var server = new DictationServer(services: s => Replace(s, real =>
        {
            var store = Forwarding(real);
            store.Setup(a => a.Create(It.IsAny<string>())).Returns((string key) =>
            {
                Interlocked.Increment(ref attempts);
                if (!Volatile.Read(ref broken))
                {
                    return real.Create(key);
                }

                var full = new IOException("No space left on device : '/srv/audio'");
                return atTheCommit ? FailingAtTheCommit(real.Create(key), full) : throw full;
            });
            return store.Object;
        }));

        // More often than a task may be tried by any other cause.
        var ids = new List<string> { (await server.SubmitAsync("Levy on täynnä.")).Text("conversion_id") };
        await Eventually.HoldsAsync(() => Volatile.Read(ref attempts) > 5, "the store was tried again and again");
        for (var i = 0; i < 20; i++)
        {
            ids.Add((await server.SubmitAsync($"Levy on täynnä {i}.")).Text("conversion_id"));
        }

        var health = await server.GetAsync("/health");
        Assert.Multiple(async () =>
        {
            Assert.That(health["checks"]!["audio_store"]!.Text("status"), Is.EqualTo("degraded"), "the directory can be written, audio cannot be stored");
            Assert.That(health["checks"]!["tts_engine"]!.Text("status"), Is.EqualTo("healthy"));
            Assert.That((await server.GetAsync("/api/v1/tts/statistics"))["status_counts"]!["failed"]!.GetValue<int>(), Is.Zero);
        });

        Volatile.Write(ref broken, false);
        foreach (var id in ids)
        {
            var task = await server.EndedAsync(id);
            Assert.That((task.Text("status"), task["error_message"]), Is.EqualTo(("done", (JsonNode?)null)));
        }

        Assert.That((await server.GetAsync("/health")).Text("status"), Is.EqualTo("healthy"));
        await Storekeeper.InOrderAsync(server.Data.Path);
    }

    [Test]
    [Platform("Unix", Reason = "Permissions and capabilities are Unix's.")]
    [UnsupportedOSPlatform("windows")]
    public async Task AudioDirectory_ThatIsReadOnly_KeepsTasksWaitingUntilItCanBeWritten()
    {
        using var directory = new TemporaryDirectory();

        // Permissions are nothing to the superuser, unless that power is laid down.
        string[] launcher = Environment.IsPrivilegedProcess ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search"] : [];
        await using var server = await ServerProcess.StartAsync(directory.Path, new() { ["Queue__PollSeconds"] = "0.1", ["Queue__RetryDelaySeconds"] = "0.1" }, launcher);
        var old = await SubmitAsync("Tämä on jo puhuttu.");
        Assert.That((await EndedAsync(old)).Text("status"), Is.EqualTo("done"));
        var temporary = Path.Combine(directory.Path, "data", "audio", ".tmp");
        var mode = File.GetUnixFileMode(temporary);
        File.SetUnixFileMode(temporary, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            var id = await SubmitAsync("Hakemistoon ei voi kirjoittaa.");
            await Eventually.HoldsAsync(() => server.Output.Split("could not be stored").Length > 5, "the store was tried more often than any other fault allows");
            Assert.That((await server.GetAsync("/health"))["checks"]!["audio_store"]!.Text("status"), Is.EqualTo("degraded"));
            Assert.That((await server.GetAsync($"/api/v1/tts/{id}")).Text("status"), Is.Not.EqualTo("failed"));
            Assert.That(await server.Http.GetByteArrayAsync($"/api/v1/tts/{old}/download"), Is.Not.Empty, "what is there is served");

            File.SetUnixFileMode(temporary, mode);
            Assert.That((await EndedAsync(id)).Text("status"), Is.EqualTo("done"));
        }
        finally
        {
            File.SetUnixFileMode(temporary, mode);
        }

        await Storekeeper.InOrderAsync(Path.Combine(directory.Path, "data"));

        async Task<string> SubmitAsync(string text) => (await server.PostAsync("/api/v1/tts/convert", new JsonObject { ["text"] = text })).Text("conversion_id");

        Task<JsonNode> EndedAsync(string id) => server.GetAsync($"/api/v1/tts/{id}?wait=30");
    }

    [Test]
    public async Task AudioDirectory_ThatIsAway_IsA503AndNoReasonToSpeakAnew()
    {
        await using var server = new DictationServer();
        var id = (await server.SubmitAsync("Levy ei ole paikallaan.")).Text("conversion_id");
        await server.EndedAsync(id);
        var wav = await server.GetBytesAsync($"/api/v1/tts/{id}/download");
        var away = server.AudioDirectory + ".away";
        Directory.Move(server.AudioDirectory, away);

        await UnavailableAsync(server, HttpMethod.Get, $"/api/v1/tts/{id}/download", null, "audio_store_unavailable");
        await UnavailableAsync(server, HttpMethod.Post, "/api/v1/tts/convert", new JsonObject { ["text"] = "Levy ei ole paikallaan." }, "audio_store_unavailable");
        var waiting = (await server.SubmitAsync("Uusi teksti odottaa.")).Text("conversion_id");
        await Eventually.HoldsAsync(() => server.Log.Lines.Any(l => l.Contains("could not be stored", StringComparison.Ordinal)), "the new text met it");

        Directory.Move(away, server.AudioDirectory);
        Assert.That((await server.EndedAsync(waiting)).Text("status"), Is.EqualTo("done"));
        Assert.That((await server.SubmitAsync("Levy ei ole paikallaan.")).Text("conversion_id"), Is.EqualTo(id));
        Assert.That(await server.GetBytesAsync($"/api/v1/tts/{id}/download"), Is.EqualTo(wav));
        await Storekeeper.InOrderAsync(server.Data.Path);
    }

    [Test]
    public async Task Database_LockedForTenSeconds_DelaysWritersAndNobodyElse()
    {
        await using var server = new DictationServer();
        var first = (await server.SubmitAsync("Ennen lukkoa.")).Text("conversion_id");
        await server.EndedAsync(first);
        Task<JsonNode> submitted;
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(server.Data.Path, "dictation.db")};Pooling=False"))
        {
            await other.OpenAsync();
            await using var transaction = other.BeginTransaction(deferred: false);
            var locked = Stopwatch.StartNew();
            submitted = server.SubmitAsync("Lukon aikana.");
            do
            {
                Assert.That((await server.GetAsync($"/api/v1/tts/{first}")).Text("status"), Is.EqualTo("done"), "readers read on");
                Assert.That(submitted.IsCompleted, Is.False);
            }
            while (locked.Elapsed < TimeSpan.FromSeconds(10));
        }

        var task = await server.EndedAsync((await submitted).Text("conversion_id"));
        Assert.That(task.Text("status"), Is.EqualTo("done"));
        Assert.That((await server.GetAsync("/health")).Text("status"), Is.EqualTo("healthy"));
    }

    [Test]
    public async Task Database_ThatGoesAndComesBack_IsA503Meanwhile_AndNothingIsLost()
    {
        using var blocking = new BlockingSynthesizer();
        await using var server = new DictationServer(services: blocking.Decorate);
        var ids = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            ids.Add((await server.SubmitAsync($"Tietokanta katoaa {i}.")).Text("conversion_id"));
        }

        await Eventually.HoldsAsync(async () => (await server.GetAsync($"/api/v1/tts/{ids[0]}")).Text("status") == "processing", "the first is being spoken");
        var files = Directory.GetFiles(server.Data.Path, "dictation.db*");
        MoveAll("", ".away");
        await UnavailableAsync(server, HttpMethod.Post, "/api/v1/tts/convert", new JsonObject { ["text"] = "Ei mihin tallentaa." }, "database_unavailable");
        await UnavailableAsync(server, HttpMethod.Get, $"/api/v1/tts/{ids[0]}", null, "database_unavailable");
        Assert.That((await server.GetAsync("/health", 503))["checks"]!["database"]!.Text("status"), Is.EqualTo("unhealthy"));

        // Spoken while there is nowhere to say so.
        blocking.Release();
        await Eventually.HoldsAsync(async () => (await server.GetAsync("/health", 503))["checks"]!["task_monitor"]!.Text("status") == "unhealthy", "results are kept");
        Assert.That(Directory.GetFiles(server.Data.Path, "*.db"), Is.Empty, "no empty database is made");

        MoveAll(".away", "");
        foreach (var id in ids)
        {
            Assert.That((await server.EndedAsync(id)).Text("status"), Is.EqualTo("done"));
        }

        Assert.That((await server.GetAsync("/health")).Text("status"), Is.EqualTo("healthy"));
        await server.EndedAsync((await server.SubmitAsync("Ei mihin tallentaa.")).Text("conversion_id"));
        await Storekeeper.InOrderAsync(server.Data.Path);

        void MoveAll(string from, string to)
        {
            foreach (var file in files)
            {
                File.Move(file + from, file + to);
            }
        }
    }

    [Test]
    public async Task Voice_ThatThrows_FailsItsTaskAfterThreeTries_AndOthersAreSpoken()
    {
        var tries = 0;
        var synthesizer = new ScriptedSynthesizer((request, _) =>
        {
            if (request.Text == "Kaatuu." && Interlocked.Increment(ref tries) > 0)
            {
                throw new InvalidOperationException("/srv/secret");
            }
        });
        await using var server = new DictationServer(services: synthesizer.Decorate);
        var bad = (await server.SubmitAsync("Kaatuu.")).Text("conversion_id");
        var good = (await server.SubmitAsync("Ei kaadu.")).Text("conversion_id");
        var failed = await server.EndedAsync(bad);
        Assert.Multiple(async () =>
        {
            Assert.That((failed.Text("status"), tries), Is.EqualTo(("failed", 3)));
            Assert.That(failed.Text("error_message"), Does.Contain("unexpectedly").And.Not.Contain("secret"));
            Assert.That((await server.EndedAsync(good)).Text("status"), Is.EqualTo("done"));
            Assert.That((await server.GetAsync("/health")).Text("status"), Is.EqualTo("healthy"));
        });
    }

    [Test]
    public async Task Voice_ThatHangs_IsGivenUp_OthersAreSpokenAndTheNextTrySucceeds()
    {
        using var free = new ManualResetEventSlim();
        var tries = 0;
        var synthesizer = new ScriptedSynthesizer((request, _) =>
        {
            if (request.Text == "Jää jumiin." && Interlocked.Increment(ref tries) == 1)
            {
                free.Wait(CancellationToken.None);
            }
        });
        await using var server = new DictationServer(new() { ["Tts:TimeLimitSeconds"] = "1" }, synthesizer.Decorate);
        try
        {
            var hanging = (await server.SubmitAsync("Jää jumiin.")).Text("conversion_id");
            var behind = (await server.SubmitAsync("Jää taakse.")).Text("conversion_id");
            Assert.That((await server.EndedAsync(behind)).Text("status"), Is.EqualTo("done"));
            var task = await server.EndedAsync(hanging);
            var health = await server.GetAsync("/health");
            Assert.Multiple(() =>
            {
                Assert.That((task.Text("status"), tries), Is.EqualTo(("done", 2)));
                Assert.That(health["checks"]!["tts_engine"]!.Text("status"), Is.EqualTo("degraded"));
                Assert.That(health["checks"]!["tts_engine"]!.Text("detail"), Does.Contain("1 more hang"));
            });
        }
        finally
        {
            free.Set();
        }

        await Eventually.HoldsAsync(async () => (await server.GetAsync("/health")).Text("status") == "healthy", "the thread has come back");
        await Storekeeper.InOrderAsync(server.Data.Path);
    }

    [Test]
    public async Task Voice_ThatReturnsNaN_FailsItsTaskInWords_AndOthersAreSpoken()
    {
        using var voices = new TemporaryDirectory();
        var broken = Directory.CreateDirectory(Path.Combine(voices.Path, "broken")).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "voices", "fi_FI-aino-tiny")))
        {
            File.Copy(file, Path.Combine(broken, Path.GetFileName(file)));
        }

        OnnxModelFile.Write(Path.Combine(broken, "model.onnx"), [("Neg", 1), ("Log", 1)]);
        await using var server = new DictationServer(new() { ["Tts:VoicesDirectory"] = voices.Path });
        var failed = await server.EndedAsync((await server.SubmitAsync("Ei ääntä.", new { voice = "broken" })).Text("conversion_id"));
        Assert.Multiple(async () =>
        {
            Assert.That(failed.Text("status"), Is.EqualTo("failed"));
            Assert.That(failed.Text("error_message"), Is.EqualTo("The voice broken returned unusable audio."));
            Assert.That(server.AudioFiles(temporary: true), Is.Empty);
            Assert.That((await server.EndedAsync((await server.SubmitAsync("Ei ääntä.")).Text("conversion_id"))).Text("status"), Is.EqualTo("done"));
        });
    }

    [TestCase(1)]
    [TestCase(-1)]
    public async Task Clock_ThatLeapsAnHour_HoldsUpNobodyAndNothingIsSpokenTwice(int hours)
    {
        var clock = new LeapingClock();
        using var free = new ManualResetEventSlim();
        var spoken = new ConcurrentDictionary<string, int>();
        var synthesizer = new ScriptedSynthesizer((request, token) =>
        {
            spoken.AddOrUpdate(request.Text, 1, (_, n) => n + 1);
            free.Wait(token);
        });
        await using var server = new DictationServer(services: s =>
        {
            synthesizer.Decorate(s);
            s.AddSingleton<TimeProvider>(clock);
        });
        var ids = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            // Some are claimed and one is being spoken when the clock leaps; some wait; some come afterwards.
            if (i == 30)
            {
                await Eventually.HoldsAsync(() => !spoken.IsEmpty, "one is being spoken");
                clock.Leap = TimeSpan.FromHours(hours);
            }

            ids.Add((await server.SubmitAsync($"Kello hyppää {i}.")).Text("conversion_id"));
        }

        free.Set();
        foreach (var id in ids)
        {
            var task = await server.EndedAsync(id);
            Assert.That(task.Text("status"), Is.EqualTo("done"));
            Assert.That(task.Time("submitted_at"), Is.LessThanOrEqualTo(task.Time("started_at")));
            Assert.That(task.Time("started_at"), Is.LessThanOrEqualTo(task.Time("completed_at")));
        }

        Assert.That(spoken.Values, Has.All.EqualTo(1));
        Assert.That(spoken, Has.Count.EqualTo(40));
        Assert.That(ids, Is.Unique.And.Ordered, "lists page by id");
    }

    [Test]
    public async Task AudioStore_ThatFailsOnce_IsTriedAgainAndTheTaskEndsDone()
    {
        var fails = 1;
        await using var server = new DictationServer(services: s => Replace(s, real =>
        {
            var store = Forwarding(real);
            store.Setup(a => a.Create(It.IsAny<string>())).Returns((string key) =>
            {
                var writer = real.Create(key);
                return Interlocked.Decrement(ref fails) < 0 ? writer : FailingAtTheCommit(writer, new IOException("Input/output error"));
            });
            return store.Object;
        }));

        var task = await server.EndedAsync((await server.SubmitAsync("Toinen yritys onnistuu.")).Text("conversion_id"));
        Assert.That(task.Text("status"), Is.EqualTo("done"));
        Assert.That(task["error_message"], Is.Null);
        Assert.That(server.AudioFiles(temporary: true), Is.Empty);
    }

    /// <summary>The answer is the documented 503 that says what is away and when to ask again.</summary>
    private static async Task UnavailableAsync(DictationServer server, HttpMethod method, string path, JsonNode? body, string code)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await server.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(503), text);
        Assert.That(JsonNode.Parse(text)!.Text("code"), Is.EqualTo(code));
        Assert.That(response.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(5)));
        Assert.That(ApiDocument.Golden.Find(method.Method, path)!.Misfits(503, response.Content.Headers.ContentType!.MediaType, response.Headers.Select(h => h.Key), text), Is.Empty);
    }

    private static void Replace(IServiceCollection services, Func<IAudioStore, IAudioStore> with)
    {
        services.AddSingleton<LocalAudioStore>();
        services.Replace(ServiceDescriptor.Singleton(p => with(p.GetRequiredService<LocalAudioStore>())));
    }

    private static IAudioWriter FailingAtTheCommit(IAudioWriter writer, IOException fault)
    {
        var failing = new Mock<IAudioWriter>();
        failing.Setup(w => w.Stream).Returns(writer.Stream);
        failing.Setup(w => w.CommitAsync(It.IsAny<CancellationToken>())).ThrowsAsync(fault);
        failing.Setup(w => w.DisposeAsync()).Returns(writer.DisposeAsync);
        return failing.Object;
    }

    private static Mock<IAudioStore> Forwarding(IAudioStore real)
    {
        var store = new Mock<IAudioStore>();
        store.Setup(a => a.OpenAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns(real.OpenAsync);
        store.Setup(a => a.ExistsAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns(real.ExistsAsync);
        store.Setup(a => a.DeleteAsync(It.IsAny<string>(), It.IsAny<CancellationToken>())).Returns(real.DeleteAsync);
        store.Setup(a => a.CheckWritableAsync(It.IsAny<CancellationToken>())).Returns(real.CheckWritableAsync);
        return store;
    }

    /// <summary>The time of day leaps; timers and stopwatches, which count what passes, do not.</summary>
    private sealed class LeapingClock : TimeProvider
    {
        private long leap;

        public TimeSpan Leap
        {
            set => Volatile.Write(ref leap, value.Ticks);
        }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Volatile.Read(ref leap));
    }
}
