using Dictation.Domain;
using Dictation.Domain.Tts;
using Dictation.Speech.Reading;

namespace Dictation.Application.Abstractions;

/// <summary>Reads texts as they will be spoken, without speaking them. Thread-safe.</summary>
public interface ISpeechReader
{
    /// <summary>Whether a language has readings of its own, so that it can be read where no voice speaks it.</summary>
    /// <param name="language">BCP 47 primary language.</param>
    bool Reads(string language);

    /// <summary>The same segments that the voice will speak.</summary>
    /// <param name="text">As the client sent it; its markup is well formed.</param>
    /// <param name="language">BCP 47 primary language.</param>
    /// <param name="voice">A name from the catalogue; null for a language that no voice speaks.</param>
    /// <param name="options">How it is read.</param>
    /// <exception cref="Dictation.Speech.VoiceException">The voice has gone, or its phonemiser failed.</exception>
    SpeechReading Read(string text, string language, string? voice, ReadingOptions options);
}

/// <param name="Segments">In their order; none where there is nothing to say.</param>
/// <param name="Unspoken">What is not said.</param>
/// <param name="Unhonoured">Markup that is not acted on.</param>
public sealed record SpeechReading(IReadOnlyList<ReadSegment> Segments, IReadOnlyList<UnspokenText> Unspoken, IReadOnlyList<UnhonouredMarkup> Unhonoured);

/// <param name="Span">Its place in the text as submitted.</param>
/// <param name="Sentence">The number of its sentence, from 1.</param>
/// <param name="Normalized">In words, as the voice gets it.</param>
/// <param name="Tokens">The phonemes or characters that the voice makes of it.</param>
/// <param name="PauseAfter">Seconds of silence behind it.</param>
public sealed record ReadSegment(TextSpan Span, int Sentence, string Normalized, IReadOnlyList<string> Tokens, double PauseAfter);
