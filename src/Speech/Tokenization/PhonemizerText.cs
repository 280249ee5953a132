using System.Globalization;
using System.Text;
using Dictation.Speech.Normalization;

namespace Dictation.Speech.Tokenization;

/// <summary>A text as espeak-ng reads it best, which knows where each of its characters came from.</summary>
/// <remarks>
/// Control characters are commands to espeak-ng, and last beyond the text; private characters stand for its markup. Both become spaces. Unicode's
/// canonical order puts an Arabic vowel before the shadda, where espeak-ng loses it: here it stands behind. Hebrew points are left out, as
/// espeak-ng spells a word that has some. Very long words are parted by spaces: espeak-ng 1.51 writes beyond its memory on words of more than 160
/// bytes with points in them.
/// </remarks>
/// <param name="Text">The text.</param>
/// <param name="Offsets">For each UTF-16 unit of <paramref name="Text"/>, its offset in the text it was made of.</param>
internal sealed record PhonemizerText(string Text, IReadOnlyList<int> Offsets)
{
    private const char Shadda = '\u0651';

    /// <summary>In a word. Scripts from Thai on write without spaces and are not cut.</summary>
    private const int MostPoints = 12, LongAtMark = 60, LongAnywhere = 70, FirstWithoutSpaces = 0x0E00;

    public static PhonemizerText From(string source)
    {
        var text = new StringBuilder(source.Length);
        var offsets = new List<int>(source.Length);
        var wellFormed = WellFormedText.From(source);
        var (length, points) = (0, 0);
        for (var i = 0; i < wellFormed.Length; i++)
        {
            var c = wellFormed[i];
            (length, points) = char.IsWhiteSpace(c) ? (0, 0) : (length + 1, points + (c == '.' ? 1 : 0));
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
            if (IsTooLong(c, length, points) && i + 1 < wellFormed.Length && !ContinuesCharacter(wellFormed[i + 1]))
            {
                text.Append(' ');
                offsets.Add(i);
                length = 0;
            }
        }

        return new PhonemizerText(text.ToString(), offsets);
    }

    private static bool IsTooLong(char c, int length, int points) => char.IsLetterOrDigit(c)
        ? length >= LongAnywhere && c < FirstWithoutSpaces
        : (c == '.' && points >= MostPoints) || (length >= LongAtMark && !ContinuesCharacter(c) && !char.IsHighSurrogate(c));

    private static bool ContinuesCharacter(char c) => char.IsLowSurrogate(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.Format;

    private static char Level(char c) => c is '\n' ? c : char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => ' ',
        _ => c,
    };

    private static bool IsArabicVowel(char c) => c is (>= '\u064B' and <= '\u0650') or '\u0670';

    private static bool IsHebrewPoint(char c) => c is (>= '\u0591' and <= '\u05BD') or '\u05BF' or '\u05C1' or '\u05C2' or '\u05C4' or '\u05C5' or '\u05C7';
}
