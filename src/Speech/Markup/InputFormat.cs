namespace Dictation.Speech.Markup;

/// <summary>How a text is written.</summary>
public enum InputFormat
{
    /// <summary>As the text looks: SSML where it begins as such, another format only where there is no doubt, else plain.</summary>
    Auto,

    /// <summary>Nothing is markup, except <c>[pause:1.5s]</c>.</summary>
    Plain,

    /// <summary>SSML 1.1.</summary>
    Ssml,

    /// <summary>Markdown.</summary>
    Markdown,

    /// <summary>HTML, a whole document or a piece.</summary>
    Html,

    /// <summary>SubRip or WebVTT.</summary>
    Subtitles,
}
