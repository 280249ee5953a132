namespace Dictation.Speech.Markup;

/// <summary>How the characters of a part are said.</summary>
public enum SayAs
{
    /// <summary>As the language reads them.</summary>
    Text,

    /// <summary>Digit by digit.</summary>
    Digits,

    /// <summary>Character by character.</summary>
    Characters,

    /// <summary>A number that tells the place in a row: <c>3</c> is "third".</summary>
    Ordinal,
}

/// <summary>The boundary between a part and the one before it.</summary>
public enum ScriptBoundary
{
    /// <summary>Nothing: the sentence goes on.</summary>
    None,

    Sentence,

    Paragraph,
}

/// <summary>How SSML's <c>phoneme</c> pronounces its content.</summary>
/// <param name="Ipa">The sounds in IPA; X-SAMPA is converted.</param>
/// <param name="Element">The element, to be named as unhonoured where the voice takes no phonemes.</param>
public sealed record ElementPhonemes(string Ipa, UnhonouredElement Element);

/// <summary>A stretch of a text that is said in one way.</summary>
/// <param name="Text">
/// The spoken text; may be blank. A line ends with <c>\n</c>, a paragraph with a blank line or with the part.
/// </param>
/// <param name="Offsets">
/// For each UTF-16 unit of <paramref name="Text"/>, its UTF-16 offset in the text as submitted; never falling.
/// </param>
/// <param name="Ends">
/// For each UTF-16 unit of <paramref name="Text"/>, the UTF-16 offset behind the source of that unit: a reference such as <c>&amp;amp;</c>
/// is longer than the character that it stands for. Greater than the unit's offset.
/// </param>
/// <param name="Rate">Times the request's speaking rate.</param>
/// <param name="SayAs">How.</param>
/// <param name="Boundary">The boundary before it.</param>
/// <param name="Pause">Seconds of silence before it that the text asks for; null where it does not.</param>
public sealed record ScriptPart(
    string Text, IReadOnlyList<int> Offsets, IReadOnlyList<int> Ends, double Rate, SayAs SayAs, ScriptBoundary Boundary, double? Pause)
{
    /// <summary>
    /// How a voice that takes phonemes says the part. Other voices say <see cref="Text"/>, which is blank where the element is empty.
    /// </summary>
    public ElementPhonemes? Phonemes { get; init; }
}
