namespace Dictation.Speech;

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
