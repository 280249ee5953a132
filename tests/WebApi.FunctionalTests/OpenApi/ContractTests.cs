using System.Globalization;
using Dictation.Client;
using Dictation.Infrastructure.Tts.Engine;
using Dictation.WebApi.FunctionalTests.Client;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests.OpenApi;

/// <summary>
/// Every operation of the document, driven through the SDK against a real server: with success, and with every failure that a client can
/// bring about through it. An answer with a status, a field, a type or a header that is not documented fails.
/// </summary>
public sealed class ContractTests
{
    private const string Unknown = "00000000000000000000000000000000";
    private const long NoId = 999_999;

    /// <summary>What a client of the SDK cannot bring about at will: bodies that are no JSON, a bug; and what has tests of its own: keys, limits, a busy service.</summary>
    private static readonly int[] NotThroughTheSdk = [400, 401, 403, 408, 413, 415, 429, 500, 503];

    private static readonly Dictionary<string, Func<Visit, Task>> Scenarios = new()
    {
        ["ConvertText"] = async v =>
        {
            Assert.That((await v.Client.ConvertTextAsync(new ConvertText { Text = "Hyvää huomenta.", CustomFilename = "huomenta.wav", Language = "fi", SpeakingRate = 1.1 })).Deduplicated, Is.False);
            await v.FailsAsync(422, () => v.Client.ConvertTextAsync(new ConvertText { Text = " " }), "text");
        },
        ["ConvertTexts"] = async v =>
        {
            Assert.That((await v.Client.ConvertTextsAsync(new ConvertTexts { Texts = ["Yksi.", "Kaksi."] })).ConversionIds, Has.Count.EqualTo(2));
            await v.FailsAsync(422, () => v.Client.ConvertTextsAsync(new ConvertTexts { Texts = ["Yksi.", ""] }), "texts[1]");
        },
        ["NormalizeText"] = async v =>
        {
            var read = await v.Client.NormalizeTextAsync(new NormalizeText
            {
                Text = "EU maksaa 5 €. Пётр",
                InputFormat = InputFormat.Plain,
                Lexicon = [new LexiconEntryInput { Text = "EU", Spoken = "Euroopan unioni" }],
            });
            Assert.That((read.SpokenText, read.Segments[0].Span.End, read.Unspoken.Single().Reason), Is.EqualTo(("Euroopan unioni maksaa viisi euroa.", 14, UnspokenReason.NotInVoice)));
            await v.FailsAsync(422, () => v.Client.NormalizeTextAsync(new NormalizeText { Text = "Hei", Lexicon = [new LexiconEntryInput { Text = "Hei" }] }), "lexicon[0].spoken");
        },
        ["PutLexicon"] = async v =>
        {
            var stored = await v.Client.PutLexiconAsync("se-SE", new PutLexicon { Entries = [new LexiconEntryInput { Text = "EU", Phonemes = "\"e:u", Alphabet = "x-sampa" }] });
            Assert.That((stored.Language, stored.Entries.Single().Alphabet), Is.EqualTo(("se", "x-sampa")));
            await v.FailsAsync(422, () => v.Client.PutLexiconAsync("se", new PutLexicon { Entries = [new LexiconEntryInput { Text = "" }] }), "entries[0].text");
        },
        ["GetLexicon"] = async v =>
        {
            await v.Client.PutLexiconAsync("is", new PutLexicon { Entries = [new LexiconEntryInput { Text = "EU", Spoken = "evrópa" }] });
            Assert.That((await v.Client.GetLexiconAsync("is-IS")).Entries.Single().Spoken, Is.EqualTo("evrópa"));
            await v.FailsAsync(404, () => v.Client.GetLexiconAsync("da"));
            await v.FailsAsync(422, () => v.Client.GetLexiconAsync("-"), "language");
        },
        ["DeleteLexicon"] = async v =>
        {
            await v.Client.PutLexiconAsync("et", new PutLexicon { Entries = [] });
            await v.Client.DeleteLexiconAsync("et");
            await v.FailsAsync(404, () => v.Client.DeleteLexiconAsync("et"));
            await v.FailsAsync(422, () => v.Client.DeleteLexiconAsync("-"), "language");
        },
        ["GetTask"] = async v =>
        {
            var task = await v.Client.GetTaskAsync(await v.SpokenAsync(), 30);
            Assert.That((task.Status, task.Metadata!.Segments, task.SamplingRate), Is.EqualTo((TtsTaskStatus.Done, 1, 16_000)));
            await v.FailsAsync(404, () => v.Client.GetTaskAsync(Unknown));
            await v.FailsAsync(422, () => v.Client.GetTaskAsync(Unknown, 31), "wait");
        },
        ["ListTasks"] = async v =>
        {
            var id = await v.SpokenAsync();
            Assert.That((await v.Client.ListTasksAsync(TtsTaskStatus.Done, 1000)).Select(t => t.ConversionId), Does.Contain(id));
            await v.FailsAsync(422, () => v.Client.ListTasksAsync(limit: 0), "limit");
        },
        ["DownloadAudio"] = async v =>
        {
            var id = await v.SpokenAsync();
            await v.DownloadsAsync((range, etag) => v.Client.DownloadAudioAsync(id, range: range, ifNoneMatch: etag));
            (await v.Client.DownloadAudioAsync(id, segment: 1)).Dispose();
            (await v.Client.DownloadAudioAsync(id, format: AudioFormat.Flac)).Dispose();
            await v.FailsAsync(422, () => v.Client.DownloadAudioAsync(id, segment: 99), "segment");
            await v.FailsAsync(404, () => v.Client.DownloadAudioAsync(Unknown));
            await v.FailsAsync(409, async () => await v.Client.DownloadAudioAsync(await v.FailedAsync()));
        },
        ["HeadAudio"] = async v =>
        {
            var id = await v.SpokenAsync();
            await v.Client.HeadAudioAsync(id);
            await v.FailsAsync(304, () => v.Client.HeadAudioAsync(id, ifNoneMatch: v.LastETag));
            await v.Client.HeadAudioAsync(id, range: "bytes=0-9");
            await v.FailsAsync(422, () => v.Client.HeadAudioAsync(id, segment: 99));
            await v.FailsAsync(416, () => v.Client.HeadAudioAsync(id, range: "bytes=99999999-"));
            await v.FailsAsync(404, () => v.Client.HeadAudioAsync(Unknown));
            await v.FailsAsync(409, async () => await v.Client.HeadAudioAsync(await v.FailedAsync()));
        },
        ["GetTimings"] = async v =>
        {
            var timings = await v.Client.GetTimingsAsync(await v.SpokenAsync());
            Assert.That((timings.Estimated, timings.Sentences.Count), Is.EqualTo((false, 1)));
            await v.FailsAsync(404, () => v.Client.GetTimingsAsync(Unknown));
            await v.FailsAsync(409, async () => await v.Client.GetTimingsAsync(await v.FailedAsync()));
        },
        ["CreateSpeech"] = async v =>
        {
            using var audio = await v.Client.CreateSpeechAsync(new CreateSpeech { Input = "Hyvää iltaa.", ResponseFormat = AudioFormat.Wav });
            Assert.That(audio.Headers["X-Conversion-Id"].Single(), Has.Length.EqualTo(32));
            await v.FailsAsync(422, () => v.Client.CreateSpeechAsync(new CreateSpeech { Input = "Hei.", ResponseFormat = AudioFormat.Wav, Voice = "nobody" }), "voice");
            await v.FailsAsync(409, () => v.Client.CreateSpeechAsync(new CreateSpeech { Input = $"{FailingSynthesizer.Mark} teksti.", ResponseFormat = AudioFormat.Wav }));
        },
        ["FollowTask"] = async v =>
        {
            var steps = await v.Client.FollowAsync(await v.SpokenAsync()).ToListAsync();
            Assert.That(steps.Select(s => s.Status), Is.EqualTo(new[] { TtsTaskStatus.Queued, TtsTaskStatus.Processing, TtsTaskStatus.Completed, TtsTaskStatus.Done }));
            await v.FailsAsync(404, () => v.Client.FollowTaskAsync(Unknown));
        },
        ["RetryTask"] = async v =>
        {
            Assert.That((await v.Client.RetryTaskAsync(await v.FailedAsync())).Status, Is.EqualTo(TtsTaskStatus.Queued).Or.EqualTo(TtsTaskStatus.Processing).Or.EqualTo(TtsTaskStatus.Done));
            await v.FailsAsync(404, () => v.Client.RetryTaskAsync(Unknown));
            await v.FailsAsync(409, async () => await v.Client.RetryTaskAsync(await v.SpokenAsync()));
        },
        ["DeleteTask"] = async v =>
        {
            await v.Client.DeleteTaskAsync(await v.SpokenAsync());
            await v.FailsAsync(404, () => v.Client.DeleteTaskAsync(Unknown));
        },
        ["GetTtsStatistics"] = async v => Assert.That((await v.Client.GetTtsStatisticsAsync()).StatusCounts.Keys, Is.EquivalentTo((string[])["queued", "processing", "completed", "done", "failed"])),
        ["GetTtsStats"] = async v => Assert.That((await v.Client.GetTtsStatsAsync()).TotalTasks, Is.Not.Negative),
        ["CleanUp"] = async v =>
        {
            Assert.That((await v.Client.CleanUpAsync(new CleanUp { FailedOlderThanDays = 3650, OrphanedOlderThanHours = 87_600, DryRun = true })).FilesDeleted, Is.Zero);
            Assert.That((await v.Client.CleanUpAsync()).FailedDeleted, Is.Zero);
            await v.FailsAsync(422, () => v.Client.CleanUpAsync(new CleanUp { FailedOlderThanDays = -1 }), "failed_older_than_days");
        },
        ["ListVoices"] = async v => Assert.That((await v.Client.ListVoicesAsync()).DefaultVoice, Is.EqualTo("fi_FI-aino-tiny")),
        ["ListLanguages"] = async v => Assert.That((await v.Client.ListLanguagesAsync()).Languages, Does.Contain("fi")),
        ["CreateItem"] = async v =>
        {
            var item = await v.Client.CreateItemAsync(new CreateItem { Locale = "fi", Text = "Tuuli käy pöydällä.", Difficulty = 2, Tags = ["sää"] });
            Assert.That((item.Difficulty, item.Tags), Is.EqualTo((2, new[] { "sää" })));
            await v.FailsAsync(422, () => v.Client.CreateItemAsync(new CreateItem { Locale = "fi", Text = "" }), "text");
        },
        ["CreateItems"] = async v =>
        {
            var made = await v.Client.CreateItemsAsync(new CreateItems { Items = [new CreateItem { Locale = "fi", Text = "Yksi." }, new CreateItem { Locale = "fi", Text = "" }] });
            Assert.That((made.TotalCreated, made.FailedItems[0].Index, made.FailedItems[0].Errors[0].Field), Is.EqualTo((1, 1, "text")));
            await v.FailsAsync(422, () => v.Client.CreateItemsAsync(new CreateItems { Items = [] }), "items");
        },
        ["ListItems"] = async v =>
        {
            var item = await v.ItemAsync();
            var found = await v.Client.ListItemsAsync("fi", ["koe"], "1..5", "LAUSE", false, null, Sort.DifficultyAsc, item, 1, 100);
            Assert.That(found.Items.Select(i => i.Id), Does.Contain(item));
            await v.FailsAsync(422, () => v.Client.ListItemsAsync(difficulty: "5..1"), "difficulty");
        },
        ["GetItem"] = async v =>
        {
            Assert.That((await v.Client.GetItemAsync(await v.ReadyItemAsync())).TtsStatus, Is.EqualTo(ItemSpeechStatus.Ready));
            await v.FailsAsync(404, () => v.Client.GetItemAsync(NoId));
        },
        ["EditItem"] = async v =>
        {
            Assert.That((await v.Client.EditItemAsync(await v.ItemAsync(), new EditItem { Difficulty = 5 })).Difficulty, Is.EqualTo(5));
            await v.FailsAsync(404, () => v.Client.EditItemAsync(NoId, new EditItem { Difficulty = 5 }));
            await v.FailsAsync(422, () => v.Client.EditItemAsync(NoId, new EditItem { Difficulty = 6 }), "difficulty");
        },
        ["DeleteItem"] = async v =>
        {
            await v.Client.DeleteItemAsync(await v.ItemAsync());
            await v.FailsAsync(404, () => v.Client.DeleteItemAsync(NoId));
        },
        ["RetagItem"] = async v =>
        {
            Assert.That((await v.Client.RetagItemAsync(await v.ItemAsync(), new RetagItem { Tags = ["uusi"] })).CurrentTags, Is.EqualTo((string[])["uusi"]));
            await v.FailsAsync(404, () => v.Client.RetagItemAsync(NoId, new RetagItem { Tags = [] }));
            await v.FailsAsync(422, () => v.Client.RetagItemAsync(NoId, new RetagItem { Tags = [""] }), "tags");
        },
        ["RateItem"] = async v =>
        {
            Assert.That((await v.Client.RateItemAsync(await v.ItemAsync(), new RateItem { Difficulty = 4 })).CurrentDifficulty, Is.EqualTo(4));
            await v.FailsAsync(404, () => v.Client.RateItemAsync(NoId, new RateItem { Difficulty = 4 }));
            await v.FailsAsync(422, () => v.Client.RateItemAsync(NoId, new RateItem { Difficulty = 0 }), "difficulty");
        },
        ["GetItemAudio"] = async v =>
        {
            var item = await v.ReadyItemAsync();
            await v.DownloadsAsync((range, etag) => v.Client.GetItemAudioAsync(item, range: range, ifNoneMatch: etag));
            await v.FailsAsync(404, () => v.Client.GetItemAudioAsync(NoId));
            await v.FailsAsync(409, async () => await v.Client.GetItemAudioAsync(await v.FailedItemAsync()));
            await v.FailsAsync(422, () => v.Client.GetItemAudioAsync(item, 3), "speaking_rate");
        },
        ["HeadItemAudio"] = async v =>
        {
            var item = await v.ReadyItemAsync();
            await v.Client.HeadItemAudioAsync(item);
            await v.FailsAsync(304, () => v.Client.HeadItemAudioAsync(item, ifNoneMatch: v.LastETag));
            await v.Client.HeadItemAudioAsync(item, range: "bytes=0-9");
            await v.FailsAsync(416, () => v.Client.HeadItemAudioAsync(item, range: "bytes=99999999-"));
            await v.FailsAsync(404, () => v.Client.HeadItemAudioAsync(NoId));
            await v.FailsAsync(409, async () => await v.Client.HeadItemAudioAsync(await v.FailedItemAsync()));
            await v.FailsAsync(422, () => v.Client.HeadItemAudioAsync(item, 3));
        },
        ["RefreshItemAudio"] = async v =>
        {
            Assert.That((await v.Client.RefreshItemAudioAsync(await v.ReadyItemAsync())).Text, Is.Not.Empty);
            await v.FailsAsync(404, () => v.Client.RefreshItemAudioAsync(NoId));
        },
        ["GetItemTtsStatus"] = async v =>
        {
            Assert.That((await v.Client.GetItemTtsStatusAsync(await v.FailedItemAsync())).ErrorMessage, Is.Not.Empty);
            await v.FailsAsync(404, () => v.Client.GetItemTtsStatusAsync(NoId));
        },
        ["AddItemAttempt"] = async v =>
        {
            var attempt = await v.Client.AddItemAttemptAsync(await v.ItemAsync(), new AddItemAttempt { Transcription = "aivan muuta", Profile = ScoringProfile.Lenient, Replays = 1, DurationMs = 5 });
            Assert.That((attempt.Profile, attempt.IsPersonalBest, attempt.Alignment.Count > 0), Is.EqualTo((ScoringProfile.Lenient, true, true)));
            await v.FailsAsync(404, () => v.Client.AddItemAttemptAsync(NoId, new AddItemAttempt { Transcription = "" }));
            await v.FailsAsync(422, () => v.Client.AddItemAttemptAsync(NoId, new AddItemAttempt()), "transcription");
        },
        ["ListItemAttempts"] = async v =>
        {
            var attempt = await v.AttemptAsync("liisa");
            Assert.That((await v.Client.ListItemAttemptsAsync(attempt.ItemId, "liisa", attempt.CreatedAt, attempt.CreatedAt.AddDays(1), 1, 100)).Attempts.Select(a => a.Id), Is.EqualTo((long[])[attempt.Id]));
            await v.FailsAsync(404, () => v.Client.ListItemAttemptsAsync(NoId));
            await v.FailsAsync(422, () => v.Client.ListItemAttemptsAsync(NoId, page: 0), "page");
        },
        ["AddAttempt"] = async v =>
        {
            var item = await v.ItemAsync();
            Assert.That((await v.Client.AddAttemptAsync(new AddAttempt { ItemId = item, Text = "" })).Score, Is.Zero);
            await v.FailsAsync(404, () => v.Client.AddAttemptAsync(new AddAttempt { ItemId = NoId, Transcription = "" }));
            await v.FailsAsync(422, () => v.Client.AddAttemptAsync(new AddAttempt { ItemId = item, Transcription = "", Replays = -1 }), "replays");
        },
        ["ListAttempts"] = async v =>
        {
            var attempt = await v.AttemptAsync("aino");
            Assert.That((await v.Client.ListAttemptsAsync(attempt.ItemId, "aino", attempt.CreatedAt, attempt.CreatedAt.AddTicks(1))).Attempts.Select(a => a.Id), Is.EqualTo((long[])[attempt.Id]));
            await v.FailsAsync(422, () => v.Client.ListAttemptsAsync(userId: new string('a', 101)), "user_id");
        },
        ["GetAttempt"] = async v =>
        {
            var attempt = await v.AttemptAsync(null);
            Assert.That((await v.Client.GetAttemptAsync(attempt.Id)).CreatedAt, Is.EqualTo(attempt.CreatedAt));
            await v.FailsAsync(404, () => v.Client.GetAttemptAsync(NoId));
        },
        ["GetSummary"] = async v =>
        {
            await v.AttemptAsync("sulo");
            Assert.That((await v.Client.GetSummaryAsync(userId: "sulo")).TotalAttempts, Is.EqualTo(1));
            await v.FailsAsync(422, () => v.Client.GetSummaryAsync(DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch), "until");
        },
        ["GetPracticeLog"] = async v =>
        {
            var attempt = await v.AttemptAsync("pia");
            Assert.That((await v.Client.GetPracticeLogAsync(userId: "pia")).PracticeLog.Select(p => p.ItemId), Is.EqualTo((long[])[attempt.ItemId]));
            await v.FailsAsync(422, () => v.Client.GetPracticeLogAsync(perPage: 101), "per_page");
        },
        ["GetItemStats"] = async v =>
        {
            var attempt = await v.AttemptAsync("eino");
            Assert.That((await v.Client.GetItemStatsAsync(attempt.ItemId, userId: "eino")).Trend, Is.EqualTo((int[])[attempt.Score]));
            await v.FailsAsync(404, () => v.Client.GetItemStatsAsync(NoId));
            await v.FailsAsync(422, () => v.Client.GetItemStatsAsync(NoId, userId: new string('a', 101)), "user_id");
        },
        ["GetProgress"] = async v =>
        {
            var attempt = await v.AttemptAsync("oona");
            Assert.That((await v.Client.GetProgressAsync(userId: "oona", days: 2, itemId: attempt.ItemId, tz: "Europe/Helsinki")).Progress.Sum(d => d.Attempts), Is.EqualTo(1));
            await v.FailsAsync(404, () => v.Client.GetProgressAsync(itemId: NoId));
            await v.FailsAsync(422, () => v.Client.GetProgressAsync(tz: "Moon/Crater"), "tz");
        },
        ["ListTags"] = async v =>
        {
            Assert.That((await v.Client.ListTagsAsync(1, 100)).PerPage, Is.EqualTo(100));
            await v.FailsAsync(422, () => v.Client.ListTagsAsync(perPage: 0), "per_page");
        },
        ["AddTag"] = async v =>
        {
            Assert.That((await v.Client.AddTagAsync(new AddTag { Name = "Sää" })).Name, Is.EqualTo("Sää"));
            await v.FailsAsync(409, () => v.Client.AddTagAsync(new AddTag { Name = "SÄÄ" }));
            await v.FailsAsync(422, () => v.Client.AddTagAsync(new AddTag { Name = "" }), "name");
        },
        ["DeleteTag"] = async v =>
        {
            await v.Client.DeleteTagAsync((await v.Client.AddTagAsync(new AddTag { Name = "pois" })).Id);
            await v.FailsAsync(404, () => v.Client.DeleteTagAsync(NoId));
        },
        ["GetService"] = async v => Assert.That((await v.Client.GetServiceAsync()).Service, Is.EqualTo("dictation")),
        ["GetHealth"] = async v => Assert.That((await v.Client.GetHealthAsync()).Checks.Keys, Does.Contain("database")),
        ["GetReadiness"] = async v => Assert.That((await v.Client.GetReadinessAsync()).Status, Is.EqualTo(HealthState.Healthy)),
        ["GetLiveness"] = async v => Assert.That((await v.Client.GetLivenessAsync()).Status, Is.EqualTo("alive")),
        ["GetMetadata"] = async v => Assert.That((await v.Client.GetMetadataAsync()).Limits.MaxTextLength, Is.EqualTo(10_000)),
    };

    private static readonly string[] Operations = [.. Scenarios.Keys];

    private readonly FailingSynthesizer synthesizer = new();
    private DictationServer server = null!;

    [OneTimeSetUp]
    public void StartServer() => server = new DictationServer(new() { ["Queue:MaxTries"] = "1" }, synthesizer.Decorate);

    [OneTimeTearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [Test]
    public void EveryOperation_OfTheDocument_HasAScenario() => Assert.That(Scenarios.Keys, Is.EquivalentTo(ApiDocument.Golden.Operations.Select(o => o.Id)));

    [TestCaseSource(nameof(Operations))]
    public async Task Operation_DrivenThroughTheSdk_AnswersAsDocumented(string operation)
    {
        using var visit = new Visit(server);
        await Scenarios[operation](visit);

        var statuses = visit.Seen(operation);
        var expected = ApiDocument.Golden.Operation(operation).Statuses.Except(NotThroughTheSdk);
        Assert.Multiple(() =>
        {
            Assert.That(visit.Misfits, Is.Empty);
            Assert.That(statuses, Is.EquivalentTo(expected), "every documented status was brought about, and no other");
        });
    }

    /// <summary>One client of the server, whose every exchange is held against the document.</summary>
    private sealed class Visit : IDisposable
    {
        private readonly ContractHandler contract = new(ApiDocument.Golden);
        private readonly ClientServices services;

        public Visit(DictationServer server)
        {
            services = new ClientServices(contract, o => o.BaseAddress = server.Http.BaseAddress);
        }

        public IDictationClient Client => services.Client;

        public string? LastETag { get; private set; }

        public IEnumerable<string> Misfits => contract.Misfits;

        public IEnumerable<int> Seen(string operation) => contract.Seen.Where(s => s.Operation == operation).Select(s => s.Status).Distinct();

        public void Dispose()
        {
            services.Dispose();
            contract.Dispose();
        }

        public async Task FailsAsync(int status, Func<Task> call, string? field = null)
        {
            var failure = await ThrownAsync(call);
            LastETag = failure.Headers.TryGetValue("ETag", out var tag) ? tag.Single() : LastETag;
            Assert.That(failure.StatusCode, Is.EqualTo(status), failure.Message);
            if (status >= 400 && failure.Problem is { } problem)
            {
                Assert.That((problem.Status, problem.Errors?.Select(e => e.Field).FirstOrDefault()), Is.EqualTo((status, field)));
                Assert.That(failure.Message, Does.StartWith(problem.Error));
            }
        }

        /// <summary>The whole, a part, what is known already, and what lies beyond the end.</summary>
        public async Task DownloadsAsync(Func<string?, string?, Task<FileResponse>> download)
        {
            string etag;
            using (var whole = await download(null, null))
            {
                etag = whole.Headers["ETag"].Single();
                Assert.That((whole.StatusCode, await LengthAsync(whole)), Is.EqualTo((200, long.Parse(whole.Headers["Content-Length"].Single(), CultureInfo.InvariantCulture))));
            }

            using (var part = await download("bytes=0-99", null))
            {
                Assert.That((part.StatusCode, await LengthAsync(part)), Is.EqualTo((206, 100L)));
            }

            await FailsAsync(304, () => download(null, etag));
            await FailsAsync(416, () => download("bytes=99999999-", null));
        }

        public async Task<string> SpokenAsync()
        {
            var id = (await Client.ConvertTextAsync(new ConvertText { Text = $"Lause {Guid.NewGuid():N}."[..14] })).ConversionId;
            await Client.WaitUntilDoneAsync(id);
            await ETagAsync(() => Client.DownloadAudioAsync(id));
            return id;
        }

        public async Task<string> FailedAsync()
        {
            var id = (await Client.ConvertTextAsync(new ConvertText { Text = $"{FailingSynthesizer.Mark} {Guid.NewGuid():N}" })).ConversionId;
            Assert.That(async () => await Client.WaitUntilDoneAsync(id), Throws.TypeOf<SpeechFailedException>());
            return id;
        }

        public async Task<long> ItemAsync(string text = "Lause") => (await Client.CreateItemAsync(new CreateItem { Locale = "fi", Text = $"{text} {Guid.NewGuid():N}"[..16], Tags = ["koe"] })).Id;

        public async Task<long> ReadyItemAsync()
        {
            var id = await ItemAsync();
            await Eventually.HoldsAsync(async () => (await Client.GetItemAsync(id)).TtsStatus == ItemSpeechStatus.Ready, $"item {id} is ready");
            await ETagAsync(() => Client.GetItemAudioAsync(id));
            return id;
        }

        public async Task<long> FailedItemAsync()
        {
            var id = await ItemAsync(FailingSynthesizer.Mark);
            await Eventually.HoldsAsync(async () => (await Client.GetItemAsync(id)).TtsStatus == ItemSpeechStatus.Failed, $"item {id} has failed");
            return id;
        }

        public async Task<Attempt> AttemptAsync(string? userId) => await Client.AddItemAttemptAsync(await ItemAsync(), new AddItemAttempt { Transcription = "lause", UserId = userId });

        private static async Task<DictationException> ThrownAsync(Func<Task> call)
        {
            try
            {
                await call();
            }
            catch (DictationException e)
            {
                return e;
            }

            throw new AssertionException("The call did not fail.");
        }

        private static async Task<long> LengthAsync(FileResponse file)
        {
            using var memory = new MemoryStream();
            await file.Stream.CopyToAsync(memory);
            return memory.Length;
        }

        private async Task ETagAsync(Func<Task<FileResponse>> download)
        {
            using var file = await download();
            LastETag = file.Headers["ETag"].Single();
        }
    }

    /// <summary>Cannot speak what bears the mark.</summary>
    private sealed class FailingSynthesizer : SynthesizerDecorator
    {
        public const string Mark = "Kelvoton";

        public override Infrastructure.Tts.Engine.SynthesisResult Speak(Infrastructure.Tts.Engine.SynthesisRequest request, Stream wav, Action<SynthesisProgress> progress, CancellationToken cancellationToken) =>
            request.Text.StartsWith(Mark, StringComparison.Ordinal) ? throw new InvalidOperationException("It cannot be spoken.") : Real.Speak(request, wav, progress, cancellationToken);
    }
}
