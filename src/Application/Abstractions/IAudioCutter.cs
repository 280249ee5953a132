using Dictation.Domain;

namespace Dictation.Application.Abstractions;

/// <summary>Cuts a piece out of a recording. Thread-safe.</summary>
public interface IAudioCutter
{
    /// <summary>
    /// A WAV of the part between two moments, each moved to the quietest place nearby, with short fades at both ends. Nothing is held in
    /// memory.
    /// </summary>
    /// <param name="wav">16-bit PCM mono WAV, seekable; disposed of with what is returned, and at once when this fails.</param>
    /// <param name="part">Begins before the recording ends.</param>
    /// <returns>Seekable, at its start.</returns>
    /// <exception cref="IOException">The recording cannot be read.</exception>
    Stream Cut(Stream wav, AudioSpan part);
}
