namespace Dictation.Domain.Attempts.Scoring;

/// <summary>How a grapheme divides the words around it.</summary>
internal enum GraphemeClass
{
    /// <summary>White space and controls: ends a word.</summary>
    Space,

    /// <summary>Punctuation, symbols, emoji: touches a word without being one.</summary>
    Punctuation,
    Letter,
    Digit,

    /// <summary>Of a script that puts no space between words: a word by itself.</summary>
    Character,

    /// <summary>Kept between any two of letters and digits: <c>vaa'an</c>.</summary>
    Apostrophe,

    /// <summary>Kept between any two of letters and digits: <c>linja-auto</c>, <c>EU:n</c>, <c>14:30</c>.</summary>
    Connector,

    /// <summary>Kept between two letters or two digits: <c>e.g</c>, <c>14.30</c>.</summary>
    Stop,

    /// <summary>Kept between two digits: <c>12,50</c>.</summary>
    Comma,
}
