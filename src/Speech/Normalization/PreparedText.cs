using System.Globalization;
using System.Text;
using Dictation.Speech.Sentences;

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

    private PreparedText(string text, List<int> offsets, List<UnspokenSpan> dropped, int sourceLength)
    {
        Text = text;
        _offsets = offsets;
        Dropped = dropped;
        SourceLength = sourceLength;
    }

    /// <summary>Characters of the original text that no text is made of: half surrogate pairs, private and unassigned ones.</summary>
    public IReadOnlyList<UnspokenSpan> Dropped { get; }

    public string Text { get; }

    /// <summary>UTF-16 units of the original text.</summary>
    public int SourceLength { get; }

    /// <summary>The UTF-16 offset in the original text of the prepared character at <paramref name="index"/>.</summary>
    public int SourceOf(int index) => _offsets[index];

    /// <param name="source">Any string.</param>
    /// <param name="keepsMarks">Leave quotes, marks and joiners as they are written.</param>
    public static PreparedText From(string source, bool keepsMarks = false)
    {
        var dropped = new List<UnspokenSpan>();
        var (clean, origins) = Clean(source, keepsMarks, dropped);
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

        JoinLines(text, offsets);
        return new PreparedText(text.ToString(), offsets, dropped, source.Length);
    }

    // Lines that were wrapped go on behind a space, or, where the wrap divided a word, without its hyphen.
    private static void JoinLines(StringBuilder text, List<int> offsets)
    {
        var source = text.ToString();
        if (!source.Contains('\n', StringComparison.Ordinal))
        {
            return;
        }

        var breaks = LineLayout.Breaks(source);
        text.Clear();
        var (kept, line) = (0, 0);
        for (var i = 0; i < source.Length; i++)
        {
            var c = source[i];
            if (c == '\n' && breaks[line++] is var found && found != LineBreak.Line)
            {
                if (found == LineBreak.WrapInWord)
                {
                    while (text[^1] is ' ' or '-' && text.Length > 1)
                    {
                        (text.Length, kept) = (text.Length - 1, kept - 1);
                    }

                    continue;
                }

                c = ' ';
            }

            if (c == ' ' && text.Length > 0 && text[^1] == ' ')
            {
                continue;
            }

            text.Append(c);
            offsets[kept++] = offsets[i];
        }

        offsets.RemoveRange(kept, offsets.Count - kept);
    }

    private static (StringBuilder Text, List<int> Origins) Clean(string source, bool keepsMarks, List<UnspokenSpan> dropped)
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

                if (!Append(text, rune, keepsMarks))
                {
                    dropped.Add(new UnspokenSpan(at, length, UnspokenReason.NoReading));
                }

                while (origins.Count < text.Length)
                {
                    origins.Add(at);
                }
            }
            else
            {
                dropped.Add(new UnspokenSpan(at, length, UnspokenReason.NoReading));
            }

            at += length;
        }

        return (text, origins);
    }

    // False for a character that stands for nothing.
    private static bool Append(StringBuilder text, Rune rune, bool keepsMarks)
    {
        if (rune.Value is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
        {
            text.Append((char)rune.Value);
            return true;
        }

        // Letters in another dress: ligatures, and the bold or cursive ones that people paste.
        if (rune.Value is (>= 0xFB00 and <= 0xFB06) or (>= 0x1D400 and <= 0x1D7FF))
        {
            text.Append(rune.ToString().Normalize(NormalizationForm.FormKC));
            return true;
        }

        if (rune.Value is >= 0xFF01 and <= 0xFF5E && (!keepsMarks || Rune.IsLetterOrDigit(rune)))
        {
            rune = new Rune(rune.Value - 0xFEE0);
        }

        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                text.Append('\n');
                return true;
            case UnicodeCategory.SpaceSeparator:
                AppendSpace(text);
                return true;
            case UnicodeCategory.Control:
                if (rune.Value is '\n' or '\r' or '\v' or '\f' or 0x85)
                {
                    text.Append('\n');
                }
                else if (rune.Value == '\t')
                {
                    AppendSpace(text);
                }

                return true;
            case UnicodeCategory.Format when keepsMarks && rune.Value is 0x200C or 0x200D && text.Length > 0:
                text.Append((char)rune.Value);
                return true;
            case UnicodeCategory.Format:
                return true;
            case UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned:
                return false;
            case UnicodeCategory.DecimalDigitNumber:
                text.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
                return true;
            case UnicodeCategory.NonSpacingMark when rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF):
                return true;
            default:
                if (rune.IsBmp)
                {
                    text.Append(keepsMarks ? UnifyHyphens((char)rune.Value) : Unify((char)rune.Value));
                }
                else
                {
                    text.Append(rune.ToString());
                }

                return true;
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
