namespace Dictation.Domain.Tts;

/// <summary>The result of claiming a task.</summary>
public enum ClaimOutcome
{
    /// <summary>The task is finished, or not due yet. Nothing changed.</summary>
    NotDue,

    /// <summary>The claimant holds the task until its lease ends.</summary>
    Claimed,

    /// <summary>The task was started as often as it may be and never ended: it has failed now.</summary>
    GivenUp,
}

/// <summary>How tasks are claimed.</summary>
/// <param name="Lease">How long a claim holds.</param>
/// <param name="MaxTries">How often work on a task is begun before it fails.</param>
/// <param name="Horizon">
/// How far ahead a waiting task may be due at most. One that is due later was put there by a clock that has been set back since, and is due now.
/// </param>
public readonly record struct ClaimTerms(TimeSpan Lease, int MaxTries, TimeSpan Horizon);

/// <summary>
/// One text on its way to audio: the row that is the queue. Every method is one transition of the state machine; it returns whether
/// anything changed, and a late, repeated or foreign call changes nothing. Times are UTC and never run backwards within a task, whatever
/// the clock does. The process that works on a task holds a claim. The claim's id fences off every earlier holder.
/// </summary>
public sealed class TtsTask
{
    /// <summary>Longest text in code points.</summary>
    public const int MaxTextLength = 10_000;

    private TtsTask(string conversionId, string contentKey, string text, string textHash, string language, string voice, double speakingRate)
    {
        ConversionId = conversionId;
        ContentKey = contentKey;
        Text = text;
        TextHash = textHash;
        Language = language;
        Voice = voice;
        SpeakingRate = speakingRate;
    }

    public string ConversionId { get; private init; }

    /// <summary><see cref="SpeechContent.Key"/>; at most one task that has not failed holds it. A superseded one holds <see cref="SupersededKey"/>.</summary>
    public string ContentKey { get; private init; }

    public string Text { get; private init; }

    public string TextHash { get; private init; }

    public string Language { get; private init; }

    public string Voice { get; private init; }

    public double SpeakingRate { get; private init; }

    /// <inheritdoc cref="SpeechContent.Reading"/>
    public string? Reading { get; private init; }

    /// <inheritdoc cref="SpeechContent.VoiceRegion"/>
    public string? VoiceRegion { get; private init; }

    /// <summary>Display name of the download; never part of a path.</summary>
    public string? CustomFilename { get; private init; }

    /// <summary>
    /// Whether a client holds this id from a submission of its own. Any other task was asked for by a practice item and goes with the last
    /// that uses it.
    /// </summary>
    public bool HeldByClient { get; private init; }

    /// <summary>The practice item that asked for this speech, the first of those that use it.</summary>
    public long? ItemId { get; private init; }

    /// <summary>The trace that the submission was a part of, as W3C Trace Context writes it, for the work to go on with; null where there was none.</summary>
    public string? TraceParent { get; private init; }

    public TtsTaskStatus Status { get; private set; }

    public DateTime SubmittedAt { get; private init; }

    public DateTime? StartedAt { get; private set; }

    public DateTime? CompletedAt { get; private set; }

    public DateTime? FailedAt { get; private set; }

    public string? ErrorMessage { get; private set; }

    /// <summary>The store's key of the audio; set once the task is done.</summary>
    public string? OutputFilePath { get; private set; }

    /// <summary>Bytes.</summary>
    public long? FileSize { get; private set; }

    /// <summary>Lower-hex SHA-256 of the audio file.</summary>
    public string? AudioHash { get; private set; }

    /// <summary>Hertz.</summary>
    public int? SamplingRate { get; private set; }

    /// <summary>Seconds.</summary>
    public double? Duration { get; private set; }

    public int? Segments { get; private set; }

    public string? Device { get; private set; }

    /// <summary>The engine that spoke.</summary>
    public VoiceEngine? Engine { get; private set; }

    /// <summary>What of the text did not become speech; null where all of it did, or nothing was spoken yet.</summary>
    public ReadingNotes? Notes { get; private set; }

    /// <summary>
    /// When what is heard: of an audio just completed, to be stored with the task. A task that was read has none, as they are long and
    /// seldom asked for.
    /// </summary>
    public SpeechTimings? NewTimings { get; private set; }

    /// <summary>Seconds.</summary>
    public double? SynthesisSeconds { get; private set; }

    /// <summary>The latest claim: the fencing token of every write to a task in work.</summary>
    public Guid? ClaimId { get; private set; }

    /// <summary>When the task may next be claimed: its place in the queue, its lease's end or its back-off. Null once it has ended.</summary>
    public DateTime? DueAt { get; private set; }

    /// <summary>How many times work on it was begun, this time included; an orderly stop is not counted.</summary>
    public int Tries { get; private set; }

    public bool IsTerminal => Status.IsTerminal();

    /// <summary>
    /// Where this task's audio goes, relative to the store. One task, one file: a task spoken again replaces its own file with the same
    /// bytes, and deleting it can never take another's audio.
    /// </summary>
    public string AudioKey => AudioKeyOf(ConversionId);

    public static string AudioKeyOf(string conversionId) => $"{conversionId[^2..]}/{conversionId}.wav";

    /// <summary>The content key of a task that a later task replaces: no content has it, so no look-up finds the task by it.</summary>
    public static string SupersededKey(string conversionId) => $"superseded by a later task {conversionId}";

    /// <param name="heldByClient"><see cref="HeldByClient"/>.</param>
    /// <param name="traceParent"><see cref="TraceParent"/>.</param>
    public static TtsTask Submit(string conversionId, SpeechContent content, string? customFilename, DateTime now, bool heldByClient = true, string? traceParent = null) =>
        new(conversionId, content.Key(), content.Text, content.TextHash(), content.Language, content.Voice, content.SpeakingRate)
        {
            CustomFilename = customFilename,
            HeldByClient = heldByClient,
            TraceParent = traceParent,
            VoiceRegion = content.VoiceRegion,
            Reading = content.Reading,
            Status = TtsTaskStatus.Queued,
            SubmittedAt = now,
            DueAt = now,
        };

    /// <summary>Takes a due task until its lease ends. A task whose lease ran out keeps its status: nothing goes backwards.</summary>
    public ClaimOutcome Claim(Guid claimId, DateTime now, ClaimTerms terms)
    {
        // Somebody's lease is believed however far it reaches: its holder keeps it in step with the clock.
        var beyond = ClaimId is null && DueAt > now + terms.Horizon;
        if (IsTerminal || (DueAt > now && !beyond))
        {
            return ClaimOutcome.NotDue;
        }

        // A task claimed but never begun lost its worker through no fault of its own, so only a begun one uses up its tries.
        if (Status != TtsTaskStatus.Queued)
        {
            if (Tries >= terms.MaxTries)
            {
                ClaimId = claimId;
                EndAsFailed($"Speaking this text was begun {Tries} times and never ended: the service stopped or hung each time. Retry it, and tell the operator if it fails again.", now);
                return ClaimOutcome.GivenUp;
            }

            Tries++;
        }

        ClaimId = claimId;
        DueAt = now + terms.Lease;
        return ClaimOutcome.Claimed;
    }

    /// <summary>The worker has begun.</summary>
    public bool Start(Guid claimId, DateTime at)
    {
        if (!Holds(claimId) || Status != TtsTaskStatus.Queued)
        {
            return false;
        }

        Status = TtsTaskStatus.Processing;
        StartedAt = Later(at, SubmittedAt);
        Tries = 1;
        return true;
    }

    /// <summary>The audio exists. A missed start is made up for.</summary>
    public bool Complete(Guid claimId, SpokenAudio audio, DateTime at)
    {
        if (!Holds(claimId) || Status is TtsTaskStatus.Completed)
        {
            return false;
        }

        Start(claimId, at);
        Status = TtsTaskStatus.Completed;
        CompletedAt = Later(at, StartedAt);
        SamplingRate = audio.SamplingRate;
        Duration = audio.Duration;
        Segments = audio.Segments;
        Device = audio.Device;
        Engine = audio.Engine;
        NewTimings = audio.Timings;
        Notes = audio.Notes;
        SynthesisSeconds = audio.SynthesisSeconds;
        return true;
    }

    /// <summary>The audio is stored under its key. Nothing changes unless the audio was completed first.</summary>
    public bool Finish(Guid claimId, StoredAudio audio)
    {
        if (!Holds(claimId) || Status != TtsTaskStatus.Completed)
        {
            return false;
        }

        Status = TtsTaskStatus.Done;
        OutputFilePath = audio.Key;
        FileSize = audio.FileSize;
        AudioHash = audio.Hash;
        DueAt = null;
        return true;
    }

    /// <summary>The work ended in an error. With a <paramref name="retryAt"/> and tries left, the task waits for that moment; else it fails for good.</summary>
    public bool Fail(Guid claimId, string message, DateTime at, DateTime? retryAt = null, int maxTries = 1)
    {
        if (!Holds(claimId))
        {
            return false;
        }

        if (retryAt is not null && Tries < maxTries)
        {
            ClaimId = null;
            DueAt = retryAt;
            return true;
        }

        EndAsFailed(message, at);
        return true;
    }

    /// <summary>
    /// The audio could not be stored, which is no fault of the task: it waits until <paramref name="retryAt"/>, and the try is not counted.
    /// It fails once <paramref name="patience"/> has passed since work on it was first begun.
    /// </summary>
    public bool PutOff(Guid claimId, string message, DateTime at, DateTime retryAt, TimeSpan patience)
    {
        if (at - StartedAt < patience)
        {
            return Release(claimId, retryAt);
        }

        return Fail(claimId, message, at);
    }

    /// <summary>The worker gives the task back in good order; another may take it from <paramref name="dueAt"/> on, and the try is not counted.</summary>
    public bool Release(Guid claimId, DateTime dueAt)
    {
        if (!Holds(claimId))
        {
            return false;
        }

        Tries = Math.Max(0, Tries - 1);
        ClaimId = null;
        DueAt = dueAt;
        return true;
    }

    /// <summary>A failed task is queued again, its past forgotten.</summary>
    public bool Retry(DateTime now) => Status == TtsTaskStatus.Failed && Requeue(now);

    /// <summary>A done task whose audio has vanished is queued again under its id.</summary>
    public bool SpeakAgain(DateTime now) => Status == TtsTaskStatus.Done && Requeue(now);

    private static DateTime Later(DateTime at, DateTime? earlier) => at < earlier ? earlier.Value : at;

    private bool Holds(Guid claimId) => !IsTerminal && ClaimId == claimId;

    private void EndAsFailed(string message, DateTime at)
    {
        Status = TtsTaskStatus.Failed;
        ErrorMessage = message;
        FailedAt = Later(at, CompletedAt ?? StartedAt ?? SubmittedAt);
        DueAt = null;
    }

    private bool Requeue(DateTime now)
    {
        Status = TtsTaskStatus.Queued;
        StartedAt = CompletedAt = FailedAt = null;
        ErrorMessage = OutputFilePath = AudioHash = Device = null;
        FileSize = null;
        SamplingRate = Segments = null;
        Engine = null;
        Notes = null;
        Duration = SynthesisSeconds = null;
        ClaimId = null;
        Tries = 0;
        DueAt = Later(now, SubmittedAt);
        return true;
    }
}
