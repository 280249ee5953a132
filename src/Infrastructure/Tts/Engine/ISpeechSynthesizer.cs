using Dictation.Domain.Tts;
using Dictation.Speech;
using Dictation.Speech.Reading;

namespace Dictation.Infrastructure.Tts.Engine;

/// <summary>
/// Speaks one text from beginning to end, on the calling thread: normalise, cut into segments, run the voice, join, encode.
/// Thread-safe. A call blocks its thread until the text is spoken.
/// </summary>
public interface ISpeechSynthesizer
{
    /// <summary>Loads a voice ahead of its first text.</summary>
    /// <returns>The device it runs on: <c>cpu</c>, <c>cuda</c> or <c>directml</c>.</returns>
    /// <exception cref="VoiceException">The voice is missing or cannot be loaded.</exception>
    string Preload(string voice);

    /// <summary>Begins to load a voice in the background, unless it is loaded.</summary>
    /// <returns>Ends with the load, and at once when there is nothing to load; never fails, as <see cref="Speak"/> tells what is wrong.</returns>
    Task Prepare(string voice);

    /// <summary>
    /// Writes a 16-bit PCM mono WAV to <paramref name="wav"/> (readable, seekable, at position 0, left open), segment by segment, so that memory
    /// is bounded by the longest segment. The same request gives the same bytes, unless a network that runs whole draws random numbers.
    /// A text without letters and digits is a short silence.
    /// </summary>
    /// <param name="request">The text and how to speak it.</param>
    /// <param name="wav">Where the WAV goes.</param>
    /// <param name="progress">Called after each piece of a segment with the fraction spoken, never falling, 0 &lt;= f &lt;= 1.</param>
    /// <param name="cancellationToken">Observed between segments, and by the voice within one.</param>
    /// <exception cref="NothingSpeakableException">The text holds letters or digits, and none that the voice can say, or markup that this service does not read.</exception>
    /// <exception cref="VoiceException">The voice is missing, cannot be loaded, or returned unusable audio (empty, NaN, infinite).</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what was written so far is to be discarded.</exception>
    /// <exception cref="IOException">The stream could not be written.</exception>
    SynthesisResult Speak(SynthesisRequest request, Stream wav, Action<SynthesisProgress> progress, CancellationToken cancellationToken);
}

/// <param name="Text">1..10,000 code points, as the client sent it.</param>
/// <param name="Language">BCP 47 primary language.</param>
/// <param name="Voice">A name from the catalogue.</param>
/// <param name="SpeakingRate">0.5..2.0; 1 is the voice's own pace, 2 twice as fast.</param>
public sealed record SynthesisRequest(string Text, string Language, string Voice, double SpeakingRate)
{
    /// <summary>How the text is read.</summary>
    public ReadingOptions Reading { get; init; } = ReadingOptions.Default;
}

/// <param name="Fraction">Of the text, above 0 and at most 1.</param>
/// <param name="SampleRate">Hertz.</param>
/// <param name="Samples">How many lie in the stream behind the header, and will not change.</param>
public readonly record struct SynthesisProgress(double Fraction, int SampleRate, long Samples);

/// <param name="SampleRate">Hertz.</param>
/// <param name="Duration">Length of the audio in seconds.</param>
/// <param name="Segments">How many pieces the text was spoken in, at least 1.</param>
/// <param name="Device">Where the arithmetic ran: <c>cpu</c>, <c>cuda</c> or <c>directml</c>.</param>
/// <param name="Engine">The engine that spoke.</param>
/// <param name="Timings">When what is heard.</param>
/// <param name="AudioHash">Lower-hex SHA-256 of the whole WAV, header included.</param>
/// <param name="Notes">What of the text did not become speech; null where all of it did.</param>
public sealed record SynthesisResult(
    int SampleRate, double Duration, int Segments, string Device, VoiceEngine Engine, SpeechTimings Timings, string AudioHash, ReadingNotes? Notes);

/// <summary>The text has nothing that the voice can say. The message is written for the client.</summary>
public sealed class NothingSpeakableException(string message) : Exception(message);
