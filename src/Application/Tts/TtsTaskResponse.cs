using Dictation.Domain;
using Dictation.Domain.Tts;
using Dictation.Speech.Normalization;

namespace Dictation.Application.Tts;

/// <summary>A task as clients see it.</summary>
public sealed record TtsTaskResponse
{
    /// <summary>The task's id: opaque, in the order of time.</summary>
    public string ConversionId { get; init; } = "";

    /// <summary>The text that is spoken.</summary>
    public string Text { get; init; } = "";

    /// <summary>Lower-hex MD5 of the text's UTF-8 bytes.</summary>
    public string TextHash { get; init; } = "";

    /// <summary>Where the task stands.</summary>
    public TtsTaskStatus Status { get; init; }

    /// <summary>BCP 47 primary language.</summary>
    public string Language { get; init; } = "";

    /// <summary>The voice's name.</summary>
    public string Voice { get; init; } = "";

    /// <summary>1.0 is the voice's own pace.</summary>
    public double SpeakingRate { get; init; }

    /// <summary>The audio's key in the store; never a path of the server.</summary>
    public string? OutputFilePath { get; init; }

    /// <summary>Where the audio is downloaded; null until the task is done.</summary>
    public string? AudioUrl { get; init; }

    /// <summary>Display name of the download.</summary>
    public string? CustomFilename { get; init; }

    /// <summary>When it was submitted, UTC.</summary>
    public DateTime SubmittedAt { get; init; }

    /// <summary>UTC; null before work on it began.</summary>
    public DateTime? StartedAt { get; init; }

    /// <summary>UTC; null until the audio exists.</summary>
    public DateTime? CompletedAt { get; init; }

    /// <summary>UTC; null unless it failed.</summary>
    public DateTime? FailedAt { get; init; }

    /// <summary>Bytes.</summary>
    public long? FileSize { get; init; }

    /// <summary>Hertz.</summary>
    public int? SamplingRate { get; init; }

    /// <summary>Seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Where the arithmetic ran, such as <c>cpu</c>.</summary>
    public string? Device { get; init; }

    /// <summary>Why there is no audio; null unless it failed.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The practice item that asked for this speech, where one did.</summary>
    public long? ItemId { get; init; }

    /// <summary>How the audio came about; null until it exists.</summary>
    public TtsTaskMetadata? Metadata { get; init; }

    /// <summary>1 for the next to be spoken; null when not queued.</summary>
    public int? QueuePosition { get; init; }
}

/// <summary>How the audio came about; null until it exists.</summary>
/// <param name="Segments">How many pieces the text was spoken in.</param>
/// <param name="SynthesisSeconds">How long speaking took.</param>
/// <param name="RealTimeFactor">Synthesis time over audio time; below 1 is faster than real time.</param>
/// <param name="Engine">The engine that spoke.</param>
/// <param name="Unspoken">What of the text was not said, and why; the first 100 parts.</param>
/// <param name="UnspokenCount">How many characters were not said in all.</param>
/// <param name="Unhonoured">Elements of markup that were not acted on, their content said; the first 100.</param>
/// <param name="VoiceRegion">The region whose variety of the language the voice speaks, where another was asked for; else null.</param>
/// <param name="GuessedReadings">Whether the text leaves out vowels, as Arabic and Hebrew texts do, so that its words were read by guess.</param>
public sealed record TtsTaskMetadata(
    int Segments,
    double SynthesisSeconds,
    double RealTimeFactor,
    VoiceEngine Engine,
    IReadOnlyList<UnspokenPart> Unspoken,
    int UnspokenCount,
    IReadOnlyList<UnhonouredMarkup> Unhonoured,
    string? VoiceRegion,
    bool GuessedReadings);

/// <summary>A part of a text that is not said.</summary>
/// <param name="Text">The part.</param>
/// <param name="Span">Its place in the text, in code points.</param>
/// <param name="Reason">Why it is not said.</param>
public sealed record UnspokenPart(string Text, TextSpan Span, UnspokenReason Reason)
{
    public static UnspokenPart From(string text, UnspokenText unspoken) =>
        new(CodePoints.Slice(text, unspoken.Span), unspoken.Span, Enum.Parse<UnspokenReason>(unspoken.Reason));
}
