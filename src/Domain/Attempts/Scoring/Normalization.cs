using System.Globalization;
using System.Text;

namespace Dictation.Domain.Attempts.Scoring;

/// <summary>The differences that are ignored between two graphemes. Needs no more than one grapheme: NFC never joins two.</summary>
internal static class Normalization
{
    /// <summary>
    /// NFC, with straight apostrophes and quotes, hyphens for dashes, and plain for full-width and half-width forms; without what cannot be seen.
    /// A lone surrogate and U+FFFE become U+FFFD. Empty when nothing is left.
    /// </summary>
    public static string Normalize(ReadOnlySpan<char> grapheme)
    {
        var text = new StringBuilder(grapheme.Length);
        foreach (var rune in grapheme.EnumerateRunes())
        {
            if (!IsInvisible(rune))
            {
                text.Append(Level(rune));
            }
        }

        return text.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Simple case folding, the same in every language. Upper case first, which brings the final sigma and the long s to their common form.</summary>
    public static string FoldCase(string text) => Map(text, rune => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)));

    public static string Lower(string text) => Map(text, Rune.ToLowerInvariant);

    /// <summary>The letter without its marks, also where Unicode does not take them apart (ø).</summary>
    public static string WithoutMarks(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (c is < '\u0300' or > '\u036F')
            {
                bare.Append(c switch { 'ø' => 'o', 'Ø' => 'O', 'ł' => 'l', 'Ł' => 'L', 'đ' => 'd', 'Đ' => 'D', 'ı' => 'i', _ => c });
            }
        }

        return bare.Length == 0 ? text : bare.ToString().Normalize(NormalizationForm.FormC);
    }

    private static string Map(string text, Func<Rune, Rune> map)
    {
        var mapped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            mapped.Append(map(rune));
        }

        return mapped.ToString();
    }

    private static string Level(Rune rune) => rune.Value switch
    {
        // ʼ, ‘ ’ ‚ ‛, ′ ‵, ‹ ›, and the accents that are typed for an apostrophe.
        '`' or 0xB4 or 0x02BC or (>= 0x2018 and <= 0x201B) or 0x2032 or 0x2035 or 0x2039 or 0x203A => "'",

        // « », “ ” „ ‟, ″ ‶.
        0xAB or 0xBB or (>= 0x201C and <= 0x201F) or 0x2033 or 0x2036 => "\"",
        0x2212 => "-",

        // The one scalar value that string.Normalize refuses.
        0xFFFE => "\uFFFD",
        >= 0xFF00 and <= 0xFFEF => rune.ToString().Normalize(NormalizationForm.FormKC),
        _ when Rune.GetUnicodeCategory(rune) == UnicodeCategory.DashPunctuation => "-",
        _ => rune.ToString(),
    };

    /// <summary>Format characters and variation selectors; not the zero-width space, which parts words.</summary>
    private static bool IsInvisible(Rune rune) =>
        rune.Value is not 0x200B
        && (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF));
}
