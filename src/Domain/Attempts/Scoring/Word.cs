using System.Runtime.InteropServices;

namespace Dictation.Domain.Attempts.Scoring;

/// <summary>A word as it stands in its text, and the forms of it that are compared. Forms are rows of symbols of an <see cref="Alphabet"/>.</summary>
internal sealed class Word
{
    /// <param name="whole">The word with the punctuation that touches it.</param>
    /// <param name="before">How many graphemes of it come before the word itself.</param>
    /// <param name="length">How many the word itself has.</param>
    public Word(string text, Grapheme[] whole, int before, int length, Alphabet alphabet)
    {
        Text = text;
        Whole = whole;
        Before = before;
        Core = whole.AsMemory(before, length);
        Letters = new int[length];
        var isJoined = false;
        for (var i = 0; i < length; i++)
        {
            var grapheme = whole[before + i];
            Letters[i] = alphabet.Folded(grapheme.Symbol);
            HasDigit |= grapheme.Class == GraphemeClass.Digit;
            isJoined |= grapheme.Class is not (GraphemeClass.Letter or GraphemeClass.Digit or GraphemeClass.Character);
        }

        Bare = isJoined ? WithoutJoiners(Core.Span, alphabet) : Letters;
    }

    /// <summary>The text it stands in.</summary>
    public string Text { get; }

    public Grapheme[] Whole { get; }

    public int Before { get; }

    public ReadOnlyMemory<Grapheme> Core { get; }

    /// <summary>The folded word: what the error rates compare.</summary>
    public int[] Letters { get; }

    /// <summary>The folded word without what joins its parts. Between two digits that stays, since it is part of the number, but which it is does not matter.</summary>
    public int[] Bare { get; }

    public bool HasDigit { get; }

    /// <summary>A character of a script that puts no spaces between words.</summary>
    public bool IsCharacter => Core.Span[0].Class == GraphemeClass.Character;

    /// <summary>As it stands in the text.</summary>
    public string Original => Text[Whole[0].Start..Whole[^1].End];

    public TextSpan Span => new(Whole[0].CodePointStart, Whole[^1].CodePointEnd);

    /// <summary>Normalised, without the punctuation around it.</summary>
    public string Plain(Alphabet alphabet) => string.Concat(MemoryMarshal.ToEnumerable(Core).Select(g => alphabet.Text(g.Symbol)));

    /// <summary>A row of symbols as a key of a dictionary or set: equal rows, equal keys.</summary>
    public static string Key(ReadOnlySpan<int> symbols) => new(MemoryMarshal.Cast<int, char>(symbols));

    private static int[] WithoutJoiners(ReadOnlySpan<Grapheme> core, Alphabet alphabet)
    {
        var bare = new List<int>(core.Length);
        for (var i = 0; i < core.Length; i++)
        {
            if (core[i].Class is GraphemeClass.Letter or GraphemeClass.Digit or GraphemeClass.Character)
            {
                bare.Add(alphabet.Folded(core[i].Symbol));
            }
            else if (core[i - 1].Class == GraphemeClass.Digit && core[i + 1].Class == GraphemeClass.Digit)
            {
                bare.Add(alphabet.Add("."));
            }
        }

        return [.. bare];
    }
}
