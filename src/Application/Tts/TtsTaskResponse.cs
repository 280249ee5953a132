using Dictation.Domain.Tts;

namespace Dictation.Application.Tts;

/// <summary>A task as clients see it.</summary>
public sealed record TtsTaskResponse
{
    public string ConversionId { get; init; } = "";

    public string Text { get; init; } = "";

    /// <summary>Lower-hex MD5 of the text's UTF-8 bytes.</summary>
    public string TextHash { get; init; } = "";

    public TtsTaskStatus Status { get; init; }

    public string Language { get; init; } = "";

    public string Voice { get; init; } = "";

    public double SpeakingRate { get; init; }

    /// <summary>The audio's key in the store; never a path of the server.</summary>
    public string? OutputFilePath { get; init; }

    /// <summary>Where the audio is downloaded; null until the task is done.</summary>
    public string? AudioUrl { get; init; }

    public string? CustomFilename { get; init; }

    public DateTime SubmittedAt { get; init; }

    public DateTime? StartedAt { get; init; }

    public DateTime? CompletedAt { get; init; }

    public DateTime? FailedAt { get; init; }

    /// <summary>Bytes.</summary>
    public long? FileSize { get; init; }

    /// <summary>Hertz.</summary>
    public int? SamplingRate { get; init; }

    /// <summary>Seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>Where the arithmetic ran, such as <c>cpu</c>.</summary>
    public string? Device { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>The practice item that asked for this speech, where one did.</summary>
    public long? ItemId { get; init; }

    public TtsTaskMetadata? Metadata { get; init; }

    /// <summary>1 for the next to be spoken; null when not queued.</summary>
    public int? QueuePosition { get; init; }
}

/// <summary>How the audio came about; null until it exists.</summary>
/// <param name="Segments">How many pieces the text was spoken in.</param>
/// <param name="SynthesisSeconds">How long speaking took.</param>
/// <param name="RealTimeFactor">Synthesis time over audio time; below 1 is faster than real time.</param>
/// <param name="Engine">What spoke.</param>
public sealed record TtsTaskMetadata(int Segments, double SynthesisSeconds, double RealTimeFactor, VoiceEngine Engine);
