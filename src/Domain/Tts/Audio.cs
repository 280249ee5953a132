namespace Dictation.Domain.Tts;

/// <summary>The audio that a voice produced.</summary>
/// <param name="SamplingRate">Hertz.</param>
/// <param name="Duration">Seconds of audio.</param>
/// <param name="Segments">How many pieces the text was spoken in.</param>
/// <param name="Device">Where the arithmetic ran, such as <c>cpu</c>.</param>
/// <param name="SynthesisSeconds">How long speaking took, in seconds.</param>
/// <param name="Engine">The engine that spoke.</param>
/// <param name="Timings">When what is heard; null where nobody knows.</param>
/// <param name="Notes">What of the text did not become speech; null where all of it did.</param>
public sealed record SpokenAudio(
    int SamplingRate,
    double Duration,
    int Segments,
    string Device,
    double SynthesisSeconds,
    VoiceEngine Engine = VoiceEngine.Neural,
    SpeechTimings? Timings = null,
    ReadingNotes? Notes = null);

/// <summary>Where an audio rests.</summary>
/// <param name="Key">The store's relative key.</param>
/// <param name="FileSize">Bytes.</param>
/// <param name="Hash">Lower-hex SHA-256 of the file.</param>
public sealed record StoredAudio(string Key, long FileSize, string Hash);
