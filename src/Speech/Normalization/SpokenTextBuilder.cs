using System.Text;

namespace Dictation.Speech.Normalization;

/// <summary>
/// Collects spoken words and punctuation. It owns the spacing: one space between words, none before punctuation, one mark where several
/// meet, no mark at the start of a line and no trailing space, comma or line break.
/// </summary>
internal sealed class SpokenTextBuilder(PreparedText prepared)
{
    private const string MarksByStrength = ",;:.!?";

    private readonly StringBuilder _text = new(prepared.Text.Length * 2);
    private readonly List<int> _offsets = new(prepared.Text.Length * 2);
    private readonly List<int> _sentenceEnds = [];
    private readonly List<UnspokenSpan> _unspoken = [.. prepared.Dropped];
    private Gap _gap = Gap.Words;
    private int _lineSource;

    private enum Gap
    {
        Words,
        Hyphen,
        None,
        Line,
    }

    private bool AtLineStart => _text.Length == 0 || _gap == Gap.Line;

    /// <summary>Says words that the text does not spell out; all of them stem from the prepared character at <paramref name="index"/>.</summary>
    public void Say(string words, int index)
    {
        var begins = _gap != Gap.None && _sentenceEnds.Count > 0 && _sentenceEnds[^1] == _text.Length && _text[^1] is '.' or '!' or '?';
        Separate(index);
        for (var i = 0; i < words.Length; i++)
        {
            // A number that begins a sentence begins it with a capital, as a small letter never does.
            Write(i == 0 && begins ? char.ToUpperInvariant(words[0]) : words[i], index);
        }
    }

    /// <summary>Says the prepared characters from <paramref name="start"/> (inclusive) to <paramref name="end"/> (exclusive) as they are.</summary>
    public void Copy(int start, int end)
    {
        Separate(start);
        for (var i = start; i < end; i++)
        {
            Write(prepared.Text[i], i);
        }
    }

    /// <summary>Lets the next word follow without a space.</summary>
    public void Glue()
    {
        if (_gap == Gap.Words)
        {
            _gap = Gap.None;
        }
    }

    /// <summary>Lets the next word follow behind a hyphen, unless a space or a mark comes between.</summary>
    public void Hyphen()
    {
        if (_gap == Gap.Words)
        {
            _gap = Gap.Hyphen;
        }
    }

    public void Space()
    {
        if (_gap != Gap.Line)
        {
            _gap = Gap.Words;
        }
    }

    /// <summary>Adds punctuation; where marks meet, the strongest stays. A sentence does not begin with a comma.</summary>
    public void Mark(char mark, int index)
    {
        if (AtLineStart)
        {
            return;
        }

        _gap = Gap.Words;
        if (mark == ',' && _sentenceEnds.Count > 0 && _sentenceEnds[^1] == _text.Length)
        {
            return;
        }

        var met = MarksByStrength.IndexOf(_text[^1], StringComparison.Ordinal);
        if (met < 0)
        {
            Write(mark, index);
        }
        else if (met < MarksByStrength.IndexOf(mark, StringComparison.Ordinal))
        {
            _text[^1] = mark;
        }
    }

    /// <summary>Adds punctuation as it is written, with the blanks around it that the text has.</summary>
    public void Keep(int index)
    {
        if (_text.Length > 0 && (_gap == Gap.Line || (index > 0 && prepared.Text[index - 1] == ' ')))
        {
            Write(_gap == Gap.Line ? '\n' : ' ', index);
        }

        Write(prepared.Text[index], index);
        _gap = index + 1 < prepared.Text.Length && prepared.Text[index + 1] == ' ' ? Gap.Words : Gap.None;
    }

    public void Line(int index)
    {
        if (AtLineStart)
        {
            return;
        }

        DropTrailingComma();
        _gap = Gap.Line;
        _lineSource = index;
    }

    /// <summary>What is said so far ends a sentence.</summary>
    public void EndSentence()
    {
        if (_text.Length > 0 && (_sentenceEnds.Count == 0 || _sentenceEnds[^1] < _text.Length))
        {
            _sentenceEnds.Add(_text.Length);
        }
    }

    /// <summary>The prepared characters from <paramref name="start"/> (inclusive) to <paramref name="end"/> (exclusive) are not said.</summary>
    public void Skip(int start, int end, UnspokenReason reason)
    {
        var source = prepared.SourceOf(start);
        var length = (end < prepared.Text.Length ? prepared.SourceOf(end) : prepared.SourceLength) - source;
        if (length > 0)
        {
            _unspoken.Add(new UnspokenSpan(source, length, reason));
        }
    }

    public SpokenText Build()
    {
        DropTrailingComma();
        _unspoken.Sort((a, b) => a.Start.CompareTo(b.Start));
        return new SpokenText(_text.ToString(), _offsets) { SentenceEnds = _sentenceEnds, Unspoken = _unspoken };
    }

    private void Separate(int index)
    {
        if (_text.Length > 0)
        {
            var afterWord = !MarksByStrength.Contains(_text[^1], StringComparison.Ordinal);
            if (_gap == Gap.Line)
            {
                Write('\n', _lineSource);
            }
            else if (_gap == Gap.Hyphen && afterWord)
            {
                Write('-', index);
            }
            else if (_gap != Gap.None || !afterWord)
            {
                Write(' ', index);
            }
        }

        _gap = Gap.Words;
    }

    private void Write(char c, int index)
    {
        _text.Append(c);
        var source = prepared.SourceOf(index);
        _offsets.Add(_offsets.Count == 0 ? source : Math.Max(source, _offsets[^1]));
    }

    private void DropTrailingComma()
    {
        if (_text.Length == 0 || _text[^1] != ',')
        {
            return;
        }

        _text.Length--;
        _offsets.RemoveAt(_offsets.Count - 1);
        if (_sentenceEnds.Count > 0 && _sentenceEnds[^1] > _text.Length)
        {
            _sentenceEnds.RemoveAt(_sentenceEnds.Count - 1);
            EndSentence();
        }
    }
}
