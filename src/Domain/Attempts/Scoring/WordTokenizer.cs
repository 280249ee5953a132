namespace Dictation.Domain.Attempts.Scoring;

/// <summary>
/// The words of a text: Unicode word boundaries (UAX 29) with hyphens kept inside words as well, and a word a grapheme in scripts that put no
/// spaces between words. Punctuation belongs to the word it follows without a space, or else to the one it precedes; standing alone, to none.
/// </summary>
internal static class WordTokenizer
{
    public static List<Word> Tokenize(string text, Alphabet alphabet)
    {
        var graphemes = Grapheme.Split(text, alphabet).ToArray();
        var words = new List<Word>();
        for (var start = 0; start < graphemes.Length;)
        {
            var core = start;
            while (core < graphemes.Length && !IsOfWord(graphemes[core].Class) && graphemes[core].Class != GraphemeClass.Space)
            {
                core++;
            }

            if (core == graphemes.Length || graphemes[core].Class == GraphemeClass.Space)
            {
                start = core + 1;
                continue;
            }

            var coreEnd = EndOfWord(graphemes, core);
            var end = coreEnd;
            while (end < graphemes.Length && !IsOfWord(graphemes[end].Class) && graphemes[end].Class != GraphemeClass.Space)
            {
                end++;
            }

            words.Add(new Word(text, graphemes[start..end], core - start, coreEnd - core, alphabet));
            start = end;
        }

        return words;
    }

    private static int EndOfWord(Grapheme[] graphemes, int start)
    {
        var end = start + 1;
        if (graphemes[start].Class == GraphemeClass.Character)
        {
            return end;
        }

        while (end < graphemes.Length)
        {
            if (IsLetterOrDigit(graphemes[end].Class))
            {
                end++;
            }
            else if (end + 1 < graphemes.Length && Joins(graphemes[end].Class, graphemes[end - 1].Class, graphemes[end + 1].Class))
            {
                end += 2;
            }
            else
            {
                break;
            }
        }

        return end;
    }

    private static bool Joins(GraphemeClass joiner, GraphemeClass left, GraphemeClass right) => IsLetterOrDigit(right) && joiner switch
    {
        GraphemeClass.Apostrophe or GraphemeClass.Connector => true,
        GraphemeClass.Stop => left == right,
        GraphemeClass.Comma => left == GraphemeClass.Digit && right == GraphemeClass.Digit,
        _ => false,
    };

    private static bool IsOfWord(GraphemeClass kind) => IsLetterOrDigit(kind) || kind == GraphemeClass.Character;

    private static bool IsLetterOrDigit(GraphemeClass kind) => kind is GraphemeClass.Letter or GraphemeClass.Digit;
}
