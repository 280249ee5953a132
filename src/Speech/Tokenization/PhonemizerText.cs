using System.Globalization;
using System.Text;
using Dictation.Speech.Normalization;

namespace Dictation.Speech.Tokenization;

/// <summary>A text as espeak-ng reads it best, which knows where each of its characters came from.</summary>
/// <remarks>
/// Control characters are commands to espeak-ng, and last beyond the text; private characters stand for its markup. Both become spaces. Unicode's
/// canonical order puts an Arabic vowel before the shadda, where espeak-ng loses it: here it stands behind. Hebrew points are left out, as
/// espeak-ng spells a word that has some.
/// </remarks>
/// <param name="Text">The text.</param>
/// <param name="Offsets">For each UTF-16 unit of <paramref name="Text"/>, its offset in the text it was made of.</param>
internal sealed record PhonemizerText(string Text, IReadOnlyList<int> Offsets)
{
    private const char Shadda = '\u0651';

    public static PhonemizerText From(string source)
    {
        var text = new StringBuilder(source.Length);
        var offsets = new List<int>(source.Length);
        var wellFormed = WellFormedText.From(source);
        for (var i = 0; i < wellFormed.Length; i++)
        {
            var c = wellFormed[i];
            if (IsHebrewPoint(c))
            {
                continue;
            }

            if (c == Shadda && text.Length > 0 && IsArabicVowel(text[^1]))
            {
                // Their characters are heard together, so that the offsets need not cross.
                text.Insert(text.Length - 1, c);
            }
            else
            {
                text.Append(Level(c));
            }

            offsets.Add(i);
        }

        return new PhonemizerText(text.ToString(), offsets);
    }

    private static char Level(char c) => c is '\n' ? c : char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => ' ',
        _ => c,
    };

    private static bool IsArabicVowel(char c) => c is (>= '\u064B' and <= '\u0650') or '\u0670';

    private static bool IsHebrewPoint(char c) => c is (>= '\u0591' and <= '\u05BD') or '\u05BF' or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5' or '\u05C7';
}
