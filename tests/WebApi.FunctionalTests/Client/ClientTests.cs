using Dictation.Client;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.Listening;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests.Client;

/// <summary>The hand-written layer of the SDK, on the real service.</summary>
public sealed class ClientTests
{
    private const string LongText = "Tuuli käy pöydällä. Hyvää huomenta kaikille. Sataa vettä koko päivän. Kissa nukkuu ikkunalla. Huomenna mennään metsään. Marjat ovat kypsiä.";

    [Test]
    public async Task Speak_AText_GivesItsAudio_WithProgressThatOnlyGrows()
    {
        var told = new Told();
        await using var server = new DictationServer(services: new NoFurtherThanTold(told).Decorate);
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "speech.wav");

        using (var audio = await Client(server).SpeakAsync(LongText, told))
        {
            await audio.SaveAsync(path);
        }

        var spoken = new WavFile(await File.ReadAllBytesAsync(path)).Samples;
        using var transcriber = new SpeechTranscriber();
        Assert.Multiple(() =>
        {
            Assert.That(told.Fractions, Is.Ordered.And.Unique);
            Assert.That(told.Fractions, Has.Count.EqualTo(7), "one for the start and one for each sentence");
            Assert.That((told.Fractions[0], told.Fractions[^1]), Is.EqualTo((0, 1)));
            Assert.That(Directory.GetFiles(directory.Path), Is.EqualTo((string[])[path]), "nothing is left beside the file");
            Assert.That(transcriber.ErrorRate([LongText], [spoken]), Is.LessThan(0.1));
        });
    }

    [Test, Category("Stress")]
    public async Task Wait_AcrossAKillAndAStart_EndsWhenTheTaskDoes()
    {
        using var data = new TemporaryDirectory();
        Dictionary<string, string> settings = new() { ["Queue__LeaseSeconds"] = "2", ["Queue__PollSeconds"] = "0.1" };
        var told = new Told();
        string id;
        Task<TtsTask> waiting;
        int port;
        await using (var server = await ServerProcess.StartAsync(data.Path, settings))
        {
            port = server.Http.BaseAddress!.Port;
            var client = DictationClientServices.CreateDictationClient(new DictationClientOptions { BaseAddress = server.Http.BaseAddress, MaxRetries = 20, MaxRetryDelay = TimeSpan.FromSeconds(1) });
            id = (await client.ConvertTextAsync(new ConvertText { Text = string.Join(' ', Enumerable.Repeat("Tämä on pitkän tekstin lause.", 100)) })).ConversionId;
            waiting = client.WaitUntilDoneAsync(id, told);
            await Eventually.HoldsAsync(() => Task.FromResult(told.Fractions is [.., > 0]), "some of it is spoken");
            await server.KillAsync();
        }

        Assert.That(waiting.IsCompleted, Is.False);
        settings["PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using var again = await ServerProcess.StartAsync(data.Path, settings);
        var task = await waiting.WaitAsync(TimeSpan.FromMinutes(2));
        Assert.That((task.ConversionId, task.Status, told.Fractions[^1]), Is.EqualTo((id, TtsTaskStatus.Done, 1)));
    }

    [Test]
    public async Task EveryPagedList_WhileOthersAreAdded_GivesEachOfItsEntriesOnce()
    {
        await using var server = new DictationServer();
        var client = Client(server);
        for (var batch = 0; batch < 2; batch++)
        {
            await client.CreateItemsAsync(new CreateItems { Items = [.. Enumerable.Range(0, 60).Select(i => new CreateItem { Locale = "fi", Text = $"Lause {batch} {i}", Difficulty = 1 + (i % 5) })] });
        }

        for (var i = 0; i < 120; i++)
        {
            await client.AddTagAsync(new AddTag { Name = $"aihe {i}" });
        }

        var items = await ReadAsync(client.ListAllItemsAsync(sort: Sort.DifficultyAsc), i => i.Id, async item =>
        {
            await client.CreateItemAsync(new CreateItem { Locale = "fi", Text = $"Lisää {item.Id}", Difficulty = 1 });
            await client.AddItemAttemptAsync(item.Id, new AddItemAttempt { Transcription = "lause" });
        });
        var attempts = await ReadAsync(client.ListAllAttemptsAsync(), a => a.Id, a => client.AddItemAttemptAsync(a.ItemId, new AddItemAttempt { Transcription = "taas" }));
        var log = await ReadAsync(client.ListPracticeLogAsync(), e => e.ItemId, e => client.AddItemAttemptAsync(e.ItemId, new AddItemAttempt { Transcription = "vielä" }));
        var tasks = await ReadAsync(client.ListAllTasksAsync(), t => t.ConversionId, t => client.ConvertTextAsync(new ConvertText { Text = $"Uusi {t.ConversionId}" }));
        var tags = await ReadAsync(client.ListAllTagsAsync(), t => t.Name, _ => Task.CompletedTask);
        Assert.Multiple(() =>
        {
            Assert.That(items, Is.Unique.And.Count.EqualTo(120));
            Assert.That(attempts, Is.Unique.And.Count.EqualTo(120));
            Assert.That(log, Is.Unique.And.Count.EqualTo(120));
            Assert.That(tasks, Is.Unique.And.Count.EqualTo(240));
            Assert.That(tags, Is.Unique.And.Count.EqualTo(120));
        });
    }

    [Test]
    public async Task AFullQueue_WithoutRetries_IsADocumented503WithItsTime()
    {
        using var blocking = new BlockingSynthesizer();
        await using var server = new DictationServer(new() { ["Queue:Capacity"] = "2" }, blocking.Decorate);
        using var contract = new OpenApi.ContractHandler(OpenApi.ApiDocument.Golden);
        using var services = new ClientServices(contract, o => (o.BaseAddress, o.MaxRetries) = (server.Http.BaseAddress, 0));
        var item = (await services.Client.CreateItemAsync(new CreateItem { Locale = "fi", Text = "Ensimmäinen." })).Id;
        await services.Client.ConvertTextAsync(new ConvertText { Text = "Toinen." });

        Func<Task>[] refused =
        [
            () => services.Client.ConvertTextAsync(new ConvertText { Text = "Kolmas." }),
            () => services.Client.ConvertTextsAsync(new ConvertTexts { Texts = ["Kolmas."] }),
            () => services.Client.CreateItemAsync(new CreateItem { Locale = "fi", Text = "Kolmas." }),
            () => services.Client.CreateItemsAsync(new CreateItems { Items = [new CreateItem { Locale = "fi", Text = "Kolmas." }] }),
            () => services.Client.EditItemAsync(item, new EditItem { Text = "Kolmas." }),
            () => services.Client.GetItemAudioAsync(item, 0.5),
            () => services.Client.HeadItemAudioAsync(item, 0.5),
        ];
        foreach (var call in refused)
        {
            var failure = Assert.CatchAsync<DictationException>(() => call())!;
            Assert.That((failure.StatusCode, failure.RetryAfter), Is.EqualTo((503, TimeSpan.FromSeconds(5))));
        }

        Assert.That(contract.Misfits, Is.Empty);
        blocking.Release();
    }

    /// <summary>Does something for each entry while the list is being read.</summary>
    private static async Task<List<TKey>> ReadAsync<T, TKey>(IAsyncEnumerable<T> entries, Func<T, TKey> key, Func<T, Task> meanwhile)
    {
        var read = new List<TKey>();
        await foreach (var entry in entries)
        {
            read.Add(key(entry));
            await meanwhile(entry);
        }

        return read;
    }

    private static IDictationClient Client(DictationServer server) => DictationClientServices.CreateDictationClient(new DictationClientOptions { BaseAddress = server.Http.BaseAddress });

    private sealed class Told : IProgress<double>
    {
        private readonly List<double> fractions = [];

        public IReadOnlyList<double> Fractions
        {
            get
            {
                lock (fractions)
                {
                    return [.. fractions];
                }
            }
        }

        public void Report(double value)
        {
            lock (fractions)
            {
                fractions.Add(value);
                Monitor.PulseAll(fractions);
            }
        }

        /// <summary>Waits until this much was told; for half a minute at most.</summary>
        public void Wait(double fraction)
        {
            lock (fractions)
            {
                while (fractions is [] || fractions[^1] < fraction)
                {
                    if (!Monitor.Wait(fractions, TimeSpan.FromSeconds(30)))
                    {
                        throw new TimeoutException($"Nobody was told of {fraction}.");
                    }
                }
            }
        }
    }

    /// <summary>Speaks a sentence once the client was told of the one before.</summary>
    private sealed class NoFurtherThanTold(Told told) : SynthesizerDecorator
    {
        public override SynthesisResult Speak(SynthesisRequest request, Stream wav, Action<SynthesisProgress> progress, CancellationToken cancellationToken)
        {
            told.Wait(0);
            return Real.Speak(request, wav, Step, cancellationToken);

            void Step(SynthesisProgress step)
            {
                progress(step);
                if (step.Fraction < 1)
                {
                    told.Wait(step.Fraction);
                }
            }
        }
    }
}
