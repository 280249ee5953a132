using System.Text.Json;
using Dictation.Application.Abstractions;
using Dictation.Application.Attempts;
using Dictation.Application.Items;
using Dictation.Application.Lexicons;
using Dictation.Application.Stats;
using Dictation.Application.Tags;
using Dictation.Application.Tts;
using Dictation.Domain.Attempts.Scoring;
using Dictation.Domain.Items;
using Dictation.Domain.Tts;
using Dictation.WebApi.Wire;
using Newtonsoft.Json.Linq;

namespace Dictation.WebApi.OpenApi;

/// <summary>Examples of requests and answers: values of the types themselves, so that a changed field cannot leave an old example.</summary>
internal static class Examples
{
    private const string Text = "Tuuli käy pöydällä.";
    private const string Written = "tuli käy pöydällä";
    private const string ConversionId = "019ab0f0c5d27c1b8f6a3e94d7b20c15";

    private static readonly DateTime At = new(2026, 11, 23, 9, 30, 0, DateTimeKind.Utc);

    private static readonly Dictionary<Type, object> Values = new object[]
    {
        new ConvertText(Text, "tuuli.wav", "fi", "fi_FI-aino-tiny", 1.0),
        new ConvertTextResponse(ConversionId, Text, TtsTaskStatus.Queued, At, Deduplicated: false),
        new ConvertTexts([Text, "Hyvää huomenta."], null, "fi", null, null),
        new TtsTaskResponse
        {
            ConversionId = ConversionId,
            Text = Text,
            TextHash = "d0c1b1abd112d94a5a2a43126195bb29",
            Status = TtsTaskStatus.Done,
            Language = "fi",
            Voice = "fi_FI-aino-tiny",
            SpeakingRate = 1,
            OutputFilePath = $"01/{ConversionId}.wav",
            AudioUrl = $"http://127.0.0.1:8000/api/v1/tts/{ConversionId}/download",
            SubmittedAt = At,
            StartedAt = At.AddMilliseconds(4),
            CompletedAt = At.AddMilliseconds(31),
            FileSize = 40_492,
            SamplingRate = 16_000,
            Duration = 1.264,
            Device = "cpu",
            Metadata = new TtsTaskMetadata(1, 0.0262, 0.0207, VoiceEngine.Neural, Unspoken: [], UnspokenCount: 0, Unhonoured: [], VoiceRegion: null, GuessedReadings: false),
        },
        new NormalizeText("EU maksaa 5 € 👍", "fi", Lexicon: [new LexiconEntryInput("EU", "Euroopan unioni")]),
        new PutLexicon([new LexiconEntryInput("EU", "Euroopan unioni"), new LexiconEntryInput("Nokia", "nokia", CaseSensitive: true)]) { Language = "fi" },
        new CreateSpeech(Text, "tts-1", "fi_FI-aino-tiny", AudioFormat.Wav, 1.0, SpeechStreamFormat.Audio),
        new TaskStep(ConversionId, TtsTaskStatus.Processing, At, Progress: 0.5),
        new ListTasks(TtsTaskStatus.Done, 100),
        new CleanUp(7, 24, DryRun: true),
        new CleanUpResponse(3, 1, 1, 40_492),
        new CreateItem("fi", Text, 2, ["sää", "alkeet"]),
        new CreateItems([new CreateItem("fi", Text, null, ["sää"]), new CreateItem("fi", "Hyvää huomenta.", 1, null)]),
        new EditItem("Tuuli kävi pöydällä.", null, 3, null),
        new RetagItem(["sää", "alkeet"]),
        new RateItem(3),
        new ListItems("fi", ["sää"], "2..4", "pöydällä", false, ItemSpeechStatus.Ready, "difficulty.asc"),
        new GetItemAudio(0.75),
        new ItemResponse
        {
            Id = 7,
            Locale = "fi",
            Text = Text,
            Difficulty = 1,
            Tags = ["sää"],
            TtsStatus = ItemSpeechStatus.Ready,
            AudioUrl = "http://127.0.0.1:8000/api/v1/items/7/audio",
            ConversionId = ConversionId,
            Practiced = true,
            AttemptCount = 3,
            BestScore = 97,
            CreatedAt = At,
            UpdatedAt = At,
        },
        new AddTag("sää"),
        new AddAttempt(7, Written, UserId: "aino", Profile: ScoringProfile.Standard, Replays: 1, DurationMs: 8_400),
        new AddItemAttempt(Written, UserId: "aino", Profile: ScoringProfile.Standard, Replays: 1, DurationMs: 8_400),
        Scored(),
        new ListAttempts(7, "aino", At.AddDays(-7), At),
        new ListItemAttempts("aino", At.AddDays(-7), At),
        new GetSummary(At.AddDays(-7), At, "aino"),
        new GetPracticeLog(At.AddDays(-7), At, "aino"),
        new GetItemStats(At.AddDays(-7), At, "aino"),
        new GetProgress(null, null, "aino", 7, 7, "Europe/Helsinki"),
        new ProgressDay(DateOnly.FromDateTime(At), 3, 81.5, 0.12),
        new ErrorResponse
        {
            Title = "Unprocessable Entity",
            Status = StatusCodes.Status422UnprocessableEntity,
            Instance = "/api/v1/tts/convert",
            Error = "'text' is required and must not be blank.",
            Code = "validation_failed",
            Errors = [new("text", "'text' is required and must not be blank.", "blank")],
            RequestId = "0HNQ91JLSA9Q6:00000001",
        },
    }.ToDictionary(e => e.GetType());

    /// <summary>Null where there is none.</summary>
    public static JToken? For(Type type) => Values.TryGetValue(type, out var value) ? Write(value) : null;

    /// <summary>The example of a parameter; null when the example leaves it out.</summary>
    public static object? OfProperty(Type request, string property)
    {
        if (!Values.TryGetValue(request, out var value) || request.GetProperty(property)!.GetValue(value) is not { } example)
        {
            return null;
        }

        return Write(example) is JValue { Value: var primitive } ? primitive : Write(example);
    }

    private static JToken Write(object value) =>
        Newtonsoft.Json.JsonConvert.DeserializeObject<JToken>(
            JsonSerializer.Serialize(value, value.GetType(), Json.Options), new Newtonsoft.Json.JsonSerializerSettings { DateParseHandling = Newtonsoft.Json.DateParseHandling.None })!;

    private static AttemptResponse Scored()
    {
        var score = AttemptScorer.Score(Text, Written, "fi", ScoringProfile.Standard);
        return new AttemptResponse
        {
            Id = 21,
            ItemId = 7,
            UserId = "aino",
            Transcription = Written,
            Score = score.Score,
            Wer = score.Wer,
            Cer = score.Cer,
            WordsRef = score.WordsRef,
            WordsCorrect = score.WordsCorrect,
            Counts = score.Counts,
            Feedback = score.Feedback,
            Alignment = score.Alignment,
            MissedWords = score.MissedWords,
            Profile = ScoringProfile.Standard,
            ScorerVersion = AttemptScorer.Version,
            Replays = 1,
            DurationMs = 8_400,
            BestScoreBefore = 61,
            IsPersonalBest = true,
            CreatedAt = At,
        };
    }
}
