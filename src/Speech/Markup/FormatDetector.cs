namespace Dictation.Speech.Markup;

/// <summary>
/// Tells the format of a text where all of it is in one; else it is <see cref="InputFormat.Auto"/>, and only pieces may be.
/// </summary>
internal static class FormatDetector
{
    public static InputFormat Detect(string text) =>
        Ssml.IsSsml(text) ? InputFormat.Ssml
        : Subtitles.Is(text) ? InputFormat.Subtitles
        : Html.IsDocument(text) ? InputFormat.Html
        : InputFormat.Auto;
}
