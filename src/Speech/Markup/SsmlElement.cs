namespace Dictation.Speech.Markup;

/// <summary>An element of SSML that is open, and the way in which its text is said.</summary>
/// <param name="Name">Its name, without the prefix of SSML's own namespace.</param>
/// <param name="Start">UTF-16 offset of its start tag.</param>
/// <param name="End">The offset behind that tag.</param>
/// <param name="Rate">Times the request's speaking rate.</param>
/// <param name="SayAs">How its text is said.</param>
internal sealed record SsmlElement(string Name, int Start, int End, double Rate, SayAs SayAs)
{
    public static readonly SsmlElement Outside = new("", 0, 0, 1, SayAs.Text);

    /// <summary>What is said in the place of the content.</summary>
    public string? Alias { get; init; }

    public ElementPhonemes? Phonemes { get; init; }

    /// <summary>Whether the element has text.</summary>
    public bool IsSpoken { get; set; }
}
