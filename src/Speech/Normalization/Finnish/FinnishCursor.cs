using System.Collections.Frozen;

namespace Dictation.Speech.Normalization.Finnish;

/// <summary>One pass over one text: where it stands, what it has said, and what the words before lead it to expect. Not thread-safe.</summary>
internal sealed class FinnishCursor(PreparedText prepared)
{
    /// <summary>Longer words are only ever copied; the limit keeps substrings short.</summary>
    public const int LongestToken = 24;

    private const int LongestEnding = 8;

    // Words that are followed by a letter or a number, so that "A." is no initial and "4.1." no date.
    private static readonly FrozenSet<string> Labels = new[]
    {
        "vaihtoehto", "kohta", "kohdassa", "luokka", "ryhmä", "tyyppi", "kirjain", "vitamiini", "terveisin", "taulukko", "taulukossa", "kuva",
        "kuvassa", "luku", "luvussa", "kappale", "versio", "versiossa", "liite", "liitteessä",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The text, prepared.</summary>
    public string Text { get; } = prepared.Text;

    /// <summary>Takes what is said.</summary>
    public SpokenTextBuilder Builder { get; } = new(prepared);

    /// <summary>The position of the next character that is not read yet.</summary>
    public int At { get; set; }

    /// <summary>Where a time of day is expected because of the word before; -1 for nowhere.</summary>
    public int ClockAt { get; set; } = -1;

    /// <summary>Where a telephone number is expected because of the word before; -1 for nowhere.</summary>
    public int PhoneAt { get; set; } = -1;

    public char Peek(int index) => index >= 0 && index < Text.Length ? Text[index] : '\0';

    public bool IsLetter(int index) => index >= 0 && SpokenPunctuation.LetterLength(Text, index) > 0;

    public bool IsDigit(int index) => char.IsAsciiDigit(Peek(index));

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

    public bool IsBehindLabel(int start)
    {
        var end = start;
        while (Peek(end - 1) == ' ')
        {
            end--;
        }

        var first = end;
        while (end - first < LongestToken && char.IsLetter(Peek(first - 1)))
        {
            first--;
        }

        return Labels.Contains(Text[first..end]);
    }

    // Steps over the full stop at the scanner's position and keeps it where it also ends a sentence: at the end of the line, or,
    // unless what belongs to the abbreviation follows, before a capital.
    public void SwallowStop(bool leads)
    {
        var stop = At++;
        var next = At;
        while (Peek(next) is ' ' or '"' or '\'' or ')' or ']')
        {
            next++;
        }

        var endsLine = next >= Text.Length || Text[next] == '\n';
        if (endsLine || (!leads && char.IsUpper(Text[next])))
        {
            Builder.Mark('.', stop);
        }
    }
}
