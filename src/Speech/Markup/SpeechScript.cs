using System.Buffers;

namespace Dictation.Speech.Markup;

/// <param name="Element">The element, with the attribute where only that is not acted on: <c>emphasis</c>, <c>prosody pitch</c>.</param>
/// <param name="Start">UTF-16 offset of its start tag in the text as submitted.</param>
/// <param name="Length">UTF-16 units of the start tag.</param>
public readonly record struct UnhonouredElement(string Element, int Start, int Length);

/// <summary>A text as it is to be said: its parts in order, without the markup between them.</summary>
/// <param name="Parts">In their order; at least one.</param>
/// <param name="PauseAfter">Seconds of silence that the text asks for at its end.</param>
/// <param name="HasMarkup">Whether the text has markup: anything that is not said as it is written.</param>
public sealed record SpeechScript(IReadOnlyList<ScriptPart> Parts, double PauseAfter, bool HasMarkup)
{
    /// <summary>The longest pause in seconds.</summary>
    public const double MaxPause = 10;

    /// <summary>The longest that all pauses of a text together may be, in seconds.</summary>
    public const double MaxPauses = 300;

    /// <summary>The range of a prosody's rate, and of what it makes of the request's.</summary>
    public const double MinRate = 0.5, MaxRate = 2;

    private static readonly SearchValues<char> Signs = SearchValues.Create("<&[{*`#|+-•~");

    /// <summary>Elements that the text has and this service does not act on, in their order. Their content is said.</summary>
    public IReadOnlyList<UnhonouredElement> Unhonoured { get; init; } = [];

    /// <summary>False where <see cref="Parse"/> finds no markup in the text; a look that is much quicker than reading it.</summary>
    public static bool MayHaveMarkup(string text) => text.AsSpan().ContainsAny(Signs);

    /// <summary>Whether the text is SSML, or has a pause in it: markup that is written for a voice and not for a reader.</summary>
    /// <exception cref="SpeechMarkupException">A pause is not written as one.</exception>
    public static bool HasSpeechMarkup(string text) => Ssml.IsSsml(text) || Parse(text, InputFormat.Plain).HasMarkup;

    /// <summary>Reads a text. Takes time in proportion to its length.</summary>
    /// <exception cref="SpeechMarkupException">
    /// SSML is not well-formed, a pause is not written as one, or the pauses are too long together. The message says where.
    /// </exception>
    public static SpeechScript Parse(string text, InputFormat format = InputFormat.Auto)
    {
        var script = new SpeechScriptBuilder(text);
        switch (format == InputFormat.Auto ? FormatDetector.Detect(text) : format)
        {
            case InputFormat.Ssml:
                Ssml.Read(text, script);
                break;
            case InputFormat.Subtitles:
                Subtitles.Read(text, script);
                break;
            case InputFormat.Html:
                Html.Read(text, script);
                break;
            case InputFormat.Markdown:
                Markdown.Read(text, script);
                break;
            case InputFormat.Plain:
                PauseTags.Read(text, script);
                break;
            default:
                PastedText.Read(text, script);
                break;
        }

        return script.Build();
    }
}

/// <summary>A text's markup is not what this service reads. The message is a sentence for the client.</summary>
public sealed class SpeechMarkupException(string message) : Exception(message);
