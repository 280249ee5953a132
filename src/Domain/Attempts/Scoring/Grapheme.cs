using System.Globalization;

namespace Dictation.Domain.Attempts.Scoring;

/// <summary>A grapheme of a text, with what follows it and cannot be seen.</summary>
/// <param name="Start">In UTF-16 units, as <paramref name="End"/>.</param>
/// <param name="CodePointStart">In code points, as <paramref name="CodePointEnd"/>; a lone surrogate is one.</param>
/// <param name="Symbol">Its number in the <see cref="Alphabet"/>.</param>
internal readonly record struct Grapheme(int Start, int End, int CodePointStart, int CodePointEnd, int Symbol, GraphemeClass Class)
{
    public static List<Grapheme> Split(string text, Alphabet alphabet)
    {
        var graphemes = new List<Grapheme>(text.Length);
        var space = alphabet.Add(" ");
        var codePoint = 0;
        for (var start = 0; start < text.Length;)
        {
            var end = start + StringInfo.GetNextTextElementLength(text, start);
            var piece = text.AsSpan(start, end - start);
            var codePointEnd = codePoint + CodePoints.Count(piece);
            var symbol = alphabet.SymbolFor(piece);
            if (symbol == Alphabet.Nothing && graphemes.Count > 0)
            {
                graphemes[^1] = graphemes[^1] with { End = end, CodePointEnd = codePointEnd };
            }
            else
            {
                symbol = symbol == Alphabet.Nothing ? space : symbol;
                graphemes.Add(new Grapheme(start, end, codePoint, codePointEnd, symbol, alphabet.Class(symbol)));
            }

            (start, codePoint) = (end, codePointEnd);
        }

        return graphemes;
    }
}
