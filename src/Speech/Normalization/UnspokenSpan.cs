namespace Dictation.Speech.Normalization;

/// <summary>Why characters of a text are not said.</summary>
public enum UnspokenReason
{
    /// <summary>The language has no reading for them: an emoji, a sign without a name.</summary>
    NoReading,

    /// <summary>The language has no number words here, and the voice reads no digits.</summary>
    NoNumberWords,

    /// <summary>The voice has no sound for them: a letter of another script.</summary>
    NotInVoice,
}

/// <summary>Characters of a text that are not said.</summary>
/// <param name="Start">UTF-16 offset in the text.</param>
/// <param name="Length">UTF-16 units, at least 1.</param>
/// <param name="Reason">Why.</param>
public readonly record struct UnspokenSpan(int Start, int Length, UnspokenReason Reason);
