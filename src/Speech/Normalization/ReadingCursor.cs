using Dictation.Speech.Sentences;

namespace Dictation.Speech.Normalization;

/// <summary>One pass over one text: where it stands, what it has said, and what the words before lead it to expect. Not thread-safe.</summary>
internal sealed class ReadingCursor(PreparedText prepared, SentenceRules rules, bool keepsMarks = false)
{
    /// <summary>Longer words are only ever copied; the limit keeps substrings short.</summary>
    public const int LongestToken = 24;

    private const int LongestEnding = 8;

    private readonly List<int> _sentenceEnds = SentenceSplitter.Ends(prepared.Text, rules);
    private int _sentence;
    private Expected _expected;
    private int _expectedAt = -1;
    private (int At, object? Value) _kept = (-1, null);

    /// <summary>Whether marks are said as they are written.</summary>
    public bool KeepsMarks { get; } = keepsMarks;

    /// <summary>The text, prepared.</summary>
    public string Text { get; } = prepared.Text;

    /// <summary>Takes what is said.</summary>
    public SpokenTextBuilder Builder { get; } = new(prepared);

    /// <summary>The position of the next character that is not read yet.</summary>
    public int At { get; set; }

    /// <summary>The words before tell what stands at <paramref name="at"/>.</summary>
    public void Expect(Expected expected, int at) => (_expected, _expectedAt) = (expected, at);

    /// <summary>Whether the words before tell that this stands at the cursor.</summary>
    public bool Expects(Expected expected) => _expectedAt == At && _expected == expected;

    public char Peek(int index) => index >= 0 && index < Text.Length ? Text[index] : '\0';

    public bool IsLetter(int index) => index >= 0 && SpokenPunctuation.LetterLength(Text, index) > 0;

    public bool IsDigit(int index) => char.IsAsciiDigit(Peek(index));

    /// <summary>Where the digits that begin at <paramref name="start"/> end.</summary>
    public int EndOfDigits(int start) => SpokenPunctuation.EndOfDigits(Text, start);

    /// <summary>The capitals, at most four, right before and right behind the word from <paramref name="start"/> to <paramref name="end"/>, past spaces.</summary>
    public (Range Before, Range Behind) CapitalsBeside(int start, int end)
    {
        var behind = SkipSpaces(end);
        var behindEnd = behind;
        while (behindEnd - behind < 4 && char.IsUpper(Peek(behindEnd)))
        {
            behindEnd++;
        }

        var before = start;
        while (Peek(before - 1) == ' ')
        {
            before--;
        }

        var beforeStart = before;
        while (before - beforeStart < 4 && char.IsUpper(Peek(beforeStart - 1)))
        {
            beforeStart--;
        }

        return (beforeStart..before, behind..behindEnd);
    }

    /// <summary>Whether a neighbour has four capitals or more, which means a line set in capitals, not a row of initialisms.</summary>
    public bool IsAmongCapitals(int start, int end)
    {
        var (before, behind) = CapitalsBeside(start, end);
        return behind.End.Value - behind.Start.Value == 4 || before.End.Value - before.Start.Value == 4;
    }

    /// <summary>What a reading worked out at a position, for the next reading there; null where nothing was.</summary>
    public object? Kept(int at) => _kept.At == at ? _kept.Value : null;

    /// <summary>Keeps what a reading worked out at a position, in the place of what was kept.</summary>
    public void Keep(int at, object value) => _kept = (at, value);

    public int SkipSpaces(int index)
    {
        while (Peek(index) == ' ')
        {
            index++;
        }

        return index;
    }

    public int SkipSpace(int index) => Peek(index) == ' ' ? index + 1 : index;

    public int EndOfLetters(int start)
    {
        var end = start;
        while (true)
        {
            var length = SpokenPunctuation.LetterLength(Text, end);
            if (length == 0 && end > start)
            {
                length = SpokenPunctuation.MarkLength(Text, end);
            }

            if (length == 0 && end > start && Peek(end) == '\'' && IsLetter(end + 1))
            {
                length = 1;
            }

            if (length == 0)
            {
                return end;
            }

            end += length;
        }
    }

    // The letters behind a colon that glue to a word or number: "EU:n". Empty where none follow or too many do.
    public string ReadEnding()
    {
        if (Peek(At) != ':')
        {
            return "";
        }

        var end = At + 1;
        while (end <= At + LongestEnding && char.IsLower(Peek(end)))
        {
            end++;
        }

        if (end == At + 1 || SpokenPunctuation.IsWordCharacter(Text, end))
        {
            return "";
        }

        var ending = Text[(At + 1)..end];
        At = end;
        return ending;
    }

    /// <summary>Whether the word before <paramref name="start"/> names the letter or number there: <c>kuva 4</c>.</summary>
    public bool IsBehindLabel(int start) => rules.IsLabel(WordBefore(start));

    /// <summary>The letters before <paramref name="at"/>, past spaces.</summary>
    public ReadOnlySpan<char> WordBefore(int at) => SentenceSplitter.WordBefore(Text, at);

    /// <summary>Where the letters before <paramref name="at"/> begin, past spaces.</summary>
    public int StartOfWordBefore(int at) => SentenceSplitter.WordSpanBefore(Text, at).Begin;

    /// <summary>Whether the mark at <paramref name="mark"/>, with the marks and quotes behind it, ends a sentence.</summary>
    public bool EndsSentence(int mark)
    {
        var next = _sentence;
        while (next < _sentenceEnds.Count && _sentenceEnds[next] <= mark)
        {
            next++;
        }

        if (next == _sentenceEnds.Count)
        {
            return false;
        }

        for (var i = mark + 1; i < _sentenceEnds[next]; i++)
        {
            if (SpokenPunctuation.IsWordCharacter(Text, i) || Text[i] is ' ' or '\n' || i > mark + LongestToken)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Tells the builder of sentences that end before the cursor.</summary>
    public void PassSentenceEnds()
    {
        while (_sentence < _sentenceEnds.Count && _sentenceEnds[_sentence] <= At)
        {
            Builder.EndSentence();
            _sentence++;
        }
    }

    /// <summary>Steps over the full stop at the cursor, which belongs to an abbreviation or number; it is heard where it also ends a sentence.</summary>
    public void SwallowStop()
    {
        if (EndsSentence(At))
        {
            Builder.Mark('.', At);
        }

        At++;
    }
}

/// <summary>What the words before a number tell of it.</summary>
internal enum Expected
{
    /// <summary>A time of day.</summary>
    Time,

    /// <summary>A telephone number.</summary>
    Telephone,
}
