using System.Text;

namespace Dictation.Speech.Markup;

/// <summary>Collects the parts of a script.</summary>
/// <param name="source">The text as submitted.</param>
internal sealed class SpeechScriptBuilder(string source)
{
    private static readonly Way Plain = new(1, SayAs.Text, null);

    private readonly List<ScriptPart> _parts = [];
    private readonly List<UnhonouredElement> _unhonoured = [];
    private readonly StringBuilder _text = new();
    private readonly List<int> _offsets = [];
    private readonly List<int> _ends = [];
    private Way _way = Plain;
    private Way _wayOfText = Plain;
    private ScriptBoundary _boundary = ScriptBoundary.None;
    private double? _pause;
    private double _pauses;
    private bool _hasMarkup;

    /// <summary>The last unit of the current part; null where the part is empty.</summary>
    public char? Last => _text.Length > 0 ? _text[^1] : null;

    /// <summary>Text that follows is said in this way.</summary>
    public void Say(double rate, SayAs sayAs, ElementPhonemes? phonemes = null) => _way = new Way(rate, sayAs, phonemes);

    /// <param name="c">The unit.</param>
    /// <param name="at">UTF-16 offset of its source in the text as submitted.</param>
    /// <param name="end">The offset behind its source.</param>
    public void Add(char c, int at, int end)
    {
        if (_text.Length > 0 && _way != _wayOfText)
        {
            End();
        }

        _wayOfText = _way;
        _text.Append(c);
        _offsets.Add(at);
        _ends.Add(end);
    }

    /// <summary>Adds text that one stretch of the source stands for.</summary>
    public void Add(string text, int at, int end)
    {
        foreach (var c in text)
        {
            Add(c, at, end);
        }
    }

    /// <summary>Adds a unit of the source as it stands.</summary>
    public void Copy(int at) => Add(source[at], at, at + 1);

    /// <summary>The next part begins a sentence or paragraph.</summary>
    public void Break(ScriptBoundary boundary)
    {
        End();
        _boundary = boundary > _boundary ? boundary : _boundary;
    }

    /// <summary>Parts what stands beside each other in a table, by a comma where no mark parts it already.</summary>
    public void Cell(int at, int end)
    {
        if (Last is { } last && !char.IsWhiteSpace(last))
        {
            Add(last is ',' or '.' or ';' or ':' or '!' or '?' ? " " : ", ", at, end);
        }
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
            throw new SpeechMarkupException(
                $"The pauses of a text may last {SpeechScript.MaxPauses:0} seconds together; these are longer. Send the text in pieces.");
        }
    }

    public void Markup() => _hasMarkup = true;

    public void Unhonoured(UnhonouredElement element) => _unhonoured.Add(element);

    public SpeechScript Build()
    {
        End();
        if (_parts.Count == 0)
        {
            _parts.Add(new ScriptPart("", [], [], 1, SayAs.Text, ScriptBoundary.None, null));
        }

        return new SpeechScript(_parts, _pause ?? 0, _hasMarkup) { Unhonoured = _unhonoured };
    }

    private void End()
    {
        if (_text.Length == 0)
        {
            return;
        }

        // Space between elements belongs to no part: it says nothing and would come between two pauses.
        var text = _text.ToString();
        if (!string.IsNullOrWhiteSpace(text) || _wayOfText.Phonemes is not null)
        {
            _parts.Add(new ScriptPart(text, _offsets.ToArray(), _ends.ToArray(), _wayOfText.Rate, _wayOfText.SayAs, _boundary, _pause)
            {
                Phonemes = _wayOfText.Phonemes,
            });
            _boundary = ScriptBoundary.None;
            _pause = null;
        }

        _text.Clear();
        _offsets.Clear();
        _ends.Clear();
    }

    private readonly record struct Way(double Rate, SayAs SayAs, ElementPhonemes? Phonemes);
}
