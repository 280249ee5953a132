using System.Globalization;
using System.Text;

namespace Dictation.Speech.Normalization;

/// <summary>
/// A text in canonical form (NFC, one kind of space, hyphen and line break, ASCII digits, nothing invisible; unless told otherwise one kind of
/// quote and of each mark too) that knows where each character came from, so that the normalizers match against a small alphabet and never lose
/// the source offset.
/// </summary>
internal sealed class PreparedText
{
    // The limit of Unicode's stream-safe text format: longer runs are noise, and reordering them would cost quadratic time.
    private const int MaxMarks = 30;

    private readonly List<int> _offsets;

    private PreparedText(string text, List<int> offsets)
    {
        Text = text;
        _offsets = offsets;
    }

    public string Text { get; }

    /// <summary>The UTF-16 offset in the original text of the prepared character at <paramref name="index"/>.</summary>
    public int SourceOf(int index) => _offsets[index];

    /// <param name="source">Any string.</param>
    /// <param name="keepsMarks">Leave quotes, marks and joiners as they are written.</param>
    public static PreparedText From(string source, bool keepsMarks = false)
    {
        var (clean, origins) = Clean(source, keepsMarks);
        var text = new StringBuilder(clean.Length);
        var offsets = new List<int>(clean.Length);
        var start = 0;
        while (start < clean.Length)
        {
            var end = start + 1;
            while (end < clean.Length && ContinuesCluster(clean[end]))
            {
                end++;
            }

            if (end == start + 1 && clean[start] < '\u0300')
            {
                text.Append(clean[start]);
            }
            else
            {
                text.Append(clean.ToString(start, Math.Min(end - start, MaxMarks)).Normalize(NormalizationForm.FormC));
            }

            while (offsets.Count < text.Length)
            {
                offsets.Add(origins[start]);
            }

            start = end;
        }

        return new PreparedText(text.ToString(), offsets);
    }

    private static (StringBuilder Text, List<int> Origins) Clean(string source, bool keepsMarks)
    {
        var text = new StringBuilder(source.Length);
        var origins = new List<int>(source.Length);
        var at = 0;
        while (at < source.Length)
        {
            // A lone surrogate decodes as invalid and is left out, as is U+FFFE: Normalize would throw on them.
            var valid = Rune.DecodeFromUtf16(source.AsSpan(at), out var rune, out var length) == System.Buffers.OperationStatus.Done && rune.Value != 0xFFFE;
            if (valid)
            {
                if (source[at] == '\r' && at + 1 < source.Length && source[at + 1] == '\n')
                {
                    length = 2;
                }

                Append(text, rune, keepsMarks);
                while (origins.Count < text.Length)
                {
                    origins.Add(at);
                }
            }

            at += length;
        }

        return (text, origins);
    }

    private static void Append(StringBuilder text, Rune rune, bool keepsMarks)
    {
        if (rune.Value is >= 0xFF01 and <= 0xFF5E && (!keepsMarks || Rune.IsLetterOrDigit(rune)))
        {
            rune = new Rune(rune.Value - 0xFEE0);
        }

        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                text.Append('\n');
                return;
            case UnicodeCategory.SpaceSeparator:
                AppendSpace(text);
                return;
            case UnicodeCategory.Control:
                if (rune.Value is '\n' or '\r' or '\v' or '\f' or 0x85)
                {
                    text.Append('\n');
                }
                else if (rune.Value == '\t')
                {
                    AppendSpace(text);
                }

                return;
            case UnicodeCategory.Format when keepsMarks && rune.Value is 0x200C or 0x200D && text.Length > 0:
                text.Append((char)rune.Value);
                return;
            case UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                return;
            case UnicodeCategory.DecimalDigitNumber:
                text.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
                return;
            case UnicodeCategory.NonSpacingMark when rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF):
                return;
            default:
                if (rune.IsBmp)
                {
                    text.Append(keepsMarks ? UnifyHyphens((char)rune.Value) : Unify((char)rune.Value));
                }
                else
                {
                    text.Append(rune.ToString());
                }

                return;
        }
    }

    // One space at a time, so that looking past spaces costs nothing.
    private static void AppendSpace(StringBuilder text)
    {
        if (text.Length > 0 && text[^1] is not (' ' or '\n'))
        {
            text.Append(' ');
        }
    }

    private static char UnifyHyphens(char c) => c switch
    {
        '\u2010' or '\u2011' => '-',
        '‒' => '–',
        '―' => '—',
        _ => c,
    };

    private static char Unify(char c) => c switch
    {
        '‘' or '’' or '‛' or '′' or '´' or '`' or '\u02BC' => '\'',
        '“' or '”' or '„' or '‟' or '«' or '»' or '‹' or '›' or '″' or '‚' => '"',
        '⸺' or '⸻' => '—',
        '、' or '،' => ',',
        '。' or '।' or '۔' => '.',
        '؛' => ';',
        '؟' => '?',
        _ => UnifyHyphens(c),
    };

    private static bool ContinuesCluster(char c) =>
        char.IsLowSurrogate(c)
        || c is >= '\u1160' and <= '\u11FF'
        || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;
}
