using Dictation.Domain;

namespace Dictation.Application.Abstractions;

/// <summary>Cuts a piece out of a recording. Thread-safe.</summary>
public interface IAudioCutter
{
    /// <summary>
    /// A WAV of the part between two moments. Each end moves to the quietest place nearby and gets a short fade. The audio is streamed, not
    /// held in memory.
    /// </summary>
    /// <param name="wav">16-bit PCM mono WAV, seekable. Disposed together with the result, or at once when this method throws.</param>
    /// <param name="part">Begins before the recording ends.</param>
    /// <returns>Seekable, at its start.</returns>
    /// <exception cref="IOException">The recording cannot be read.</exception>
    Stream Cut(Stream wav, AudioSpan part);
}
