using System.Text;

namespace Dictation.Speech.Markup;

/// <summary>Writes the parts of a script that are said digit by digit or character by character so that a normaliser says them so.</summary>
public static class SpelledOut
{
    /// <returns>The text, and for each of its UTF-16 units the offset in the text as submitted.</returns>
    public static (string Text, IReadOnlyList<int> Offsets) From(ScriptPart part)
    {
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
