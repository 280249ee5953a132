using System.Globalization;
using System.Text;

namespace Dictation.Domain.Attempts.Scoring;

/// <summary>
/// The graphemes of the two texts of one attempt, each as a small number, so that texts are compared as numbers. Two graphemes get the same
/// number when they differ in nothing but what normalising levels.
/// </summary>
internal sealed class Alphabet
{
    /// <summary>The number of a grapheme that normalising leaves nothing of: a soft hyphen, a direction mark.</summary>
    public const int Nothing = -1;

    private readonly Dictionary<string, int> _byGrapheme = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byText = new(StringComparer.Ordinal);
    private readonly List<Symbol> _symbols = [];

    /// <summary>Every number given out is below this.</summary>
    public int Size => _symbols.Count;

    public int SymbolFor(ReadOnlySpan<char> grapheme)
    {
        var known = _byGrapheme.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(grapheme, out var symbol))
        {
            var text = Normalization.Normalize(grapheme);
            symbol = text.Length == 0 ? Nothing : Add(text);
            known[grapheme] = symbol;
        }

        return symbol;
    }

    /// <summary>The normalised grapheme.</summary>
    public string Text(int symbol) => _symbols[symbol].Text;

    public GraphemeClass Class(int symbol) => _symbols[symbol].Class;

    /// <summary>The same in either case.</summary>
    public int Folded(int symbol) => _symbols[symbol].Folded;

    /// <summary>The letter without its marks: a for ä.</summary>
    public int Base(int symbol) => _symbols[symbol].Base;

    /// <summary>The number of a grapheme given in its normal form.</summary>
    public int Add(string text)
    {
        if (!_byText.TryGetValue(text, out var symbol))
        {
            symbol = _symbols.Count;
            _byText.Add(text, symbol);
            _symbols.Add(new Symbol(text, Classify(text), symbol, symbol));
            var folded = Add(Normalization.FoldCase(text));
            var bare = Add(Normalization.WithoutMarks(text));
            _symbols[symbol] = _symbols[symbol] with { Folded = folded, Base = bare };
        }

        return symbol;
    }

    private static GraphemeClass Classify(string text)
    {
        switch (text)
        {
            case "'":
                return GraphemeClass.Apostrophe;
            case "-" or ":" or "_" or "\u00B7":
                return GraphemeClass.Connector;
            case ".":
                return GraphemeClass.Stop;
            case ",":
                return GraphemeClass.Comma;
        }

        var first = Rune.GetRuneAt(text, 0);
        if (first.Value == 0x200B)
        {
            return GraphemeClass.Space;
        }

        var category = Rune.GetUnicodeCategory(first);
        return category switch
        {
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Control => GraphemeClass.Space,
            _ when IsOfScriptWithoutSpaces(first.Value) && category is not (UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherPunctuation or UnicodeCategory.CurrencySymbol) => GraphemeClass.Character,
            >= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber => text.Contains('\u20E3', StringComparison.Ordinal) ? GraphemeClass.Punctuation : GraphemeClass.Digit,
            >= UnicodeCategory.UppercaseLetter and <= UnicodeCategory.EnclosingMark => GraphemeClass.Letter,
            _ => GraphemeClass.Punctuation,
        };
    }

    /// <summary>Thai, Lao, Myanmar, Khmer, kana, bopomofo, Han; blocks of the Unicode Standard.</summary>
    private static bool IsOfScriptWithoutSpaces(int codePoint) => codePoint is
        (>= 0x0E00 and <= 0x0EFF)
        or (>= 0x1000 and <= 0x109F)
        or (>= 0x1780 and <= 0x17FF)
        or (>= 0x2E80 and <= 0x2FDF)
        or (>= 0x3005 and <= 0x3007)
        or (>= 0x3021 and <= 0x3029)
        or (>= 0x3031 and <= 0x312F)
        or (>= 0x31A0 and <= 0x31BF)
        or (>= 0x31F0 and <= 0x31FF)
        or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xA9E0 and <= 0xA9FF)
        or (>= 0xAA60 and <= 0xAA7F)
        or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x1AFF0 and <= 0x1B16F)
        or (>= 0x20000 and <= 0x3FFFF);

    private readonly record struct Symbol(string Text, GraphemeClass Class, int Folded, int Base);
}
