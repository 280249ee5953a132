using System.Globalization;
using System.Text;

namespace Dictation.Speech.Markup;

/// <summary>
/// Writes the parts of a script that are said digit by digit, character by character or as phonemes so that a normaliser says them so.
/// </summary>
public static class SpelledOut
{
    /// <param name="part">The part.</param>
    /// <param name="takesPhonemes">Whether the voice takes raw phonemes, <c>[[həlˈoʊ]]</c>.</param>
    /// <param name="ordinal">The ordinal of a number in the text's language; null where it has none.</param>
    /// <returns>The text, and for each of its UTF-16 units the offset in the text as submitted.</returns>
    public static (string Text, IReadOnlyList<int> Offsets) From(ScriptPart part, bool takesPhonemes, Func<long, string?> ordinal)
    {
        if (takesPhonemes && part.Phonemes is { } phonemes)
        {
            var raw = $"[[{phonemes.Ipa}]]";
            return (raw, Enumerable.Repeat(part.Offsets[0], raw.Length).ToArray());
        }

        if (part.SayAs == SayAs.Ordinal && long.TryParse(part.Text.AsSpan().Trim().TrimEnd('.'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && ordinal(number) is { } place)
        {
            return (place, Enumerable.Repeat(part.Offsets[part.Text.Length - part.Text.AsSpan().TrimStart().Length], place.Length).ToArray());
        }

        if (part.SayAs is SayAs.Text or SayAs.Ordinal)
        {
            return (part.Text, part.Offsets);
        }

        var text = new StringBuilder(4 * part.Text.Length);
        var offsets = new List<int>(4 * part.Text.Length);
        for (var at = 0; at < part.Text.Length;)
        {
            Rune.DecodeFromUtf16(part.Text.AsSpan(at), out var rune, out var length);
            if (Rune.IsDigit(rune) || (part.SayAs == SayAs.Characters && Rune.IsLetter(rune)))
            {
                // A small letter alone may be a word of its own; a capital is always the letter's name.
                Append((text.Length > 0 ? ", " : "") + Rune.ToUpperInvariant(rune), part.Offsets[at]);
            }
            else if (part.SayAs == SayAs.Digits && Rune.IsLetter(rune))
            {
                Append(rune.ToString(), part.Offsets[at]);
            }

            at += length;
        }

        return (text.ToString(), offsets);

        void Append(string piece, int source)
        {
            text.Append(piece);
            offsets.AddRange(Enumerable.Repeat(source, piece.Length));
        }
    }
}
