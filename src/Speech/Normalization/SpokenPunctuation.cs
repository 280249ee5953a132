using System.Buffers;
using System.Globalization;
using System.Text;

namespace Dictation.Speech.Normalization;

/// <summary>How punctuation is spoken, in every language.</summary>
internal static class SpokenPunctuation
{
    // What a voice that hears marks may hear; hyphens inside words are none.
    private const string KeptMarks = ";:,.!?¡¿—–…\"«»“”‘’„(){}[]";

    /// <summary>
    /// Reads the character at the cursor, which no other reading takes: punctuation shapes speech, what is no punctuation is not said. A full stop
    /// inside a sentence is a clause's end.
    /// </summary>
    public static void Read(ReadingCursor c)
    {
        var (at, length) = (c.At, char.IsSurrogatePair(c.Text, c.At < c.Text.Length - 1 ? c.At : 0) && c.At < c.Text.Length - 1 ? 2 : 1);
        var mark = c.Text[at];
        if (mark is ':' or ';' or '=' && EmoticonLength(c.Text, at) is > 0 and var emoticon)
        {
            c.Builder.Space();
            c.At += emoticon;
            return;
        }

        if (c.KeepsMarks && KeptMarks.Contains(mark, StringComparison.Ordinal))
        {
            c.Builder.Keep(at);
            c.At = at + 1;
            return;
        }

        if (c.KeepsMarks && mark == '-' && !(IsWordCharacter(c.Text, at - 1) && IsWordCharacter(c.Text, at + 1)))
        {
            c.Builder.Space();
            c.At = at + 1;
            return;
        }

        if (mark is '.' or '…' or '‥' && !c.EndsSentence(at))
        {
            c.Builder.Mark(',', at);
        }
        else if (!TryApply(c.Builder, c.Text, at) && MarkLength(c.Text, at) == 0)
        {
            c.Builder.Skip(at, at + length, UnspokenReason.NoReading);
        }

        c.At = at + length;
    }

    // ":)", ";-D", ":P": signs that picture a face, behind a space and before one.
    private static int EmoticonLength(string text, int at)
    {
        if (at > 0 && text[at - 1] is not (' ' or '\n'))
        {
            return 0;
        }

        var mouth = at + 1 < text.Length && text[at + 1] is '-' or '\'' ? at + 2 : at + 1;
        var end = mouth;
        while (end < text.Length && text[end] is ')' or '(' or 'D' or 'P' or 'p' or 'O' or 'o' or '/' or '|' or '*' or ']' or '[' or '3' && end - mouth < 8)
        {
            end++;
        }

        return end > mouth && !IsWordCharacter(text, end) ? end - at : 0;
    }

    /// <summary>Handles the character at <paramref name="at"/> when it is a space, a line break or punctuation; false leaves it to the caller.</summary>
    public static bool TryApply(SpokenTextBuilder builder, string text, int at)
    {
        switch (text[at])
        {
            case '\n':
                builder.Line(at);
                return true;
            case ' ' or '_' or '\\':
                builder.Space();
                return true;
            case '.' or ',' or '!' or '?' or ';' or ':':
                builder.Mark(text[at], at);
                return true;
            case '…' or '‥':
                builder.Mark('.', at);
                return true;
            case '—' or '(' or ')' or '[' or ']' or '{' or '}' or '|' or '→' or '·' or '•' or '‣' or '◦' or '▪':
                builder.Mark(',', at);
                return true;
            case '-' or '–':
                ApplyDash(builder, text, at);
                return true;
            case '"' or '\'' or '*' or '#' or '>' or '<' or '~' or '^' or '¿' or '¡':
                return true;
            default:
                return false;
        }
    }

    // Between letters or digits a dash is a hyphen and silent; alone between spaces it is a pause; at a word's edge
    // ("kesä- ja talviaika") it is nothing.
    private static void ApplyDash(SpokenTextBuilder builder, string text, int at)
    {
        if (IsWordCharacter(text, at - 1) && IsWordCharacter(text, at + 1))
        {
            builder.Hyphen();
        }
        else if (!IsWordCharacter(text, at - 1) && !IsWordCharacter(text, at + 1))
        {
            builder.Mark(',', at);
        }
        else
        {
            builder.Space();
        }
    }

    /// <summary>Whether a letter, mark or digit stands at <paramref name="at"/>, either half of a surrogate pair included; false outside the text.</summary>
    public static bool IsWordCharacter(string text, int at)
    {
        if (at < 0 || at >= text.Length)
        {
            return false;
        }

        if (char.IsLowSurrogate(text[at]) && at > 0 && char.IsHighSurrogate(text[at - 1]))
        {
            at--;
        }

        return Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out _) == OperationStatus.Done
            && (Rune.IsLetterOrDigit(rune) || MarkLength(text, at) > 0);
    }

    /// <summary>Where the ASCII digits that begin at <paramref name="at"/> end.</summary>
    public static int EndOfDigits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return Math.Min(at, text.Length);
    }

    /// <summary>The UTF-16 length of the letter at <paramref name="at"/>; 0 where no letter starts.</summary>
    public static int LetterLength(string text, int at)
    {
        if (at >= text.Length || Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) != OperationStatus.Done)
        {
            return 0;
        }

        return Rune.IsLetter(rune) ? length : 0;
    }

    /// <summary>The UTF-16 length of the combining mark at <paramref name="at"/>; 0 where none starts.</summary>
    public static int MarkLength(string text, int at)
    {
        if (at >= text.Length || Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) != OperationStatus.Done)
        {
            return 0;
        }

        return Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            ? length
            : 0;
    }
}
