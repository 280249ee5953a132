namespace Dictation.Infrastructure.Tts.Text;

/// <summary>Writes a text out as it is said in one language: numbers, dates, units and abbreviations become words. Pure and thread-safe.</summary>
public interface ITextNormalizer
{
    /// <summary>The text as words and the punctuation that shapes speech (<c>. , ! ? ; : -</c>), lines kept as <c>\n</c>.</summary>
    SpokenText Normalize(string text);
}

/// <summary>A written-out text that knows where each of its characters came from.</summary>
/// <param name="Text">What is spoken.</param>
/// <param name="SourceOffsets">
/// For each UTF-16 unit of <paramref name="Text"/>, the UTF-16 offset in the original text of what it says; never falling. Same length as Text.
/// </param>
public sealed record SpokenText(string Text, IReadOnlyList<int> SourceOffsets);

/// <summary>How long the silence after a segment is meant to be.</summary>
public enum Pause
{
    /// <summary>Cut in the middle of a phrase because it was too long: no audible pause.</summary>
    None,

    /// <summary>After a comma, semicolon, colon or dash.</summary>
    Clause,

    /// <summary>After a full stop, question or exclamation mark.</summary>
    Sentence,

    /// <summary>At a line or paragraph break.</summary>
    Paragraph,
}

/// <summary>A piece of a spoken text that the voice says in one run.</summary>
/// <param name="Text">Never blank.</param>
/// <param name="Start">Offset in <see cref="SpokenText.Text"/>.</param>
/// <param name="Pause">The pause that follows.</param>
public sealed record SpeechSegment(string Text, int Start, Pause Pause);
