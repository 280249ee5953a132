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
}

/// <summary>The boundary between a part and the one before it.</summary>
public enum ScriptBoundary
{
    /// <summary>Nothing: the sentence goes on.</summary>
    None,

    Sentence,

    Paragraph,
}

/// <summary>A stretch of a text that is said in one way.</summary>
/// <param name="Text">The spoken text; may be blank.</param>
/// <param name="Offsets">For each UTF-16 unit of <paramref name="Text"/>, its UTF-16 offset in the text as submitted; never falling.</param>
/// <param name="Rate">Times the request's speaking rate.</param>
/// <param name="SayAs">How.</param>
/// <param name="Boundary">The boundary before it.</param>
/// <param name="Pause">Seconds of silence before it that the text asks for; null where it does not.</param>
public sealed record ScriptPart(string Text, IReadOnlyList<int> Offsets, double Rate, SayAs SayAs, ScriptBoundary Boundary, double? Pause);

/// <param name="Element">The element, with the attribute where only that is not acted on: <c>emphasis</c>, <c>prosody pitch</c>.</param>
/// <param name="Start">UTF-16 offset of its start tag in the text as submitted.</param>
/// <param name="Length">UTF-16 units of the start tag.</param>
public readonly record struct UnhonouredElement(string Element, int Start, int Length);

/// <summary>
/// A text as it is to be said: plain, with <c>[pause:1.5s]</c> in it, or a small part of SSML 1.1 (W3C) where it begins with
/// <c>&lt;speak</c>: <c>speak</c>, <c>p</c>, <c>s</c>, <c>break</c>, <c>prosody</c> with a rate, <c>say-as</c> with digits or characters.
/// </summary>
/// <param name="Parts">In their order; at least one.</param>
/// <param name="PauseAfter">Seconds of silence that the text asks for at its end.</param>
/// <param name="HasMarkup">Whether anything in the text is not said.</param>
public sealed record SpeechScript(IReadOnlyList<ScriptPart> Parts, double PauseAfter, bool HasMarkup)
{
    /// <summary>Elements that the text has and this service does not act on, in their order. Their content is said.</summary>
    public IReadOnlyList<UnhonouredElement> Unhonoured { get; init; } = [];

    /// <summary>The longest pause in seconds.</summary>
    public const double MaxPause = 10;

    /// <summary>The longest that all pauses of a text together may be, in seconds.</summary>
    public const double MaxPauses = 300;

    /// <summary>The range of a prosody's rate, and of what it makes of the request's.</summary>
    public const double MinRate = 0.5, MaxRate = 2;

    /// <summary>False where a text has no markup; a look that is much quicker than reading it.</summary>
    public static bool MayHaveMarkup(string text) => text.Contains('[', StringComparison.Ordinal) || Ssml.IsSsml(text);

    /// <summary>Reads a text.</summary>
    /// <exception cref="SpeechMarkupException">Its markup is not what this service reads; the message names the element.</exception>
    public static SpeechScript Parse(string text, InputFormat format = InputFormat.Auto)
    {
        var builder = new SpeechScriptBuilder();
        if (format == InputFormat.Ssml || (format == InputFormat.Auto && Ssml.IsSsml(text)))
        {
            Ssml.Read(text, builder);
        }
        else
        {
            PauseTags.Read(text, builder);
        }

        return builder.Build();
    }
}

/// <summary>A text's markup is not what this service reads. The message is a sentence for the client.</summary>
public sealed class SpeechMarkupException(string message) : Exception(message);

/// <summary>Collects the parts of a script.</summary>
internal sealed class SpeechScriptBuilder
{
    private readonly List<ScriptPart> _parts = [];
    private readonly System.Text.StringBuilder _text = new();
    private readonly List<int> _offsets = [];
    private (double Rate, SayAs SayAs) _way = (1, SayAs.Text);
    private (double Rate, SayAs SayAs) _wayOfText = (1, SayAs.Text);
    private ScriptBoundary _boundary = ScriptBoundary.None;
    private double? _pause;
    private double _pauses;
    private bool _hasMarkup;

    /// <summary>From now on text is said in another way.</summary>
    public void Say(double rate, SayAs sayAs) => _way = (rate, sayAs);

    /// <param name="at">UTF-16 offset in the text as submitted.</param>
    public void Add(char c, int at)
    {
        if (_text.Length > 0 && _way != _wayOfText)
        {
            End();
        }

        _wayOfText = _way;
        _text.Append(c);
        _offsets.Add(at);
    }

    /// <summary>The next part begins a sentence or paragraph.</summary>
    public void Break(ScriptBoundary boundary)
    {
        End();
        _boundary = boundary > _boundary ? boundary : _boundary;
    }

    /// <param name="seconds">0..<see cref="SpeechScript.MaxPause"/>.</param>
    /// <exception cref="SpeechMarkupException">All pauses together are too long.</exception>
    public void Pause(double seconds)
    {
        End();
        _hasMarkup = true;
        _pause = (_pause ?? 0) + seconds;
        _pauses += seconds;
        if (_pauses > SpeechScript.MaxPauses)
        {
            throw new SpeechMarkupException($"The pauses of a text may last {SpeechScript.MaxPauses:0} seconds together; these are longer. Send the text in pieces.");
        }
    }

    public void Markup() => _hasMarkup = true;

    public SpeechScript Build()
    {
        End();
        if (_parts.Count == 0)
        {
            _parts.Add(new ScriptPart("", [], 1, SayAs.Text, ScriptBoundary.None, null));
        }

        return new SpeechScript(_parts, _pause ?? 0, _hasMarkup);
    }

    private void End()
    {
        if (_text.Length == 0)
        {
            return;
        }

        // Space between elements is nobody's part: it says nothing and would come between two pauses.
        var text = _text.ToString();
        if (!string.IsNullOrWhiteSpace(text))
        {
            _parts.Add(new ScriptPart(text, _offsets.ToArray(), _wayOfText.Rate, _wayOfText.SayAs, _boundary, _pause));
            _boundary = ScriptBoundary.None;
            _pause = null;
        }

        _text.Clear();
        _offsets.Clear();
    }
}
