using System.Text;

namespace Dictation.Speech.Normalization;

/// <summary>
/// For voices whose phonemiser reads written text itself, and numbers, abbreviations and addresses better than anything written out for it: only
/// canonical characters, white space and line breaks. Accepts any string and never throws on one.
/// </summary>
public sealed class WrittenTextNormalizer : ITextNormalizer
{
    /// <inheritdoc/>
    public SpokenText Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var prepared = PreparedText.From(text, keepsMarks: true);
        var spoken = new StringBuilder(prepared.Text.Length);
        var offsets = new List<int>(prepared.Text.Length);
        var gap = (Char: '\0', Source: 0);
        for (var i = 0; i < prepared.Text.Length; i++)
        {
            var c = prepared.Text[i];
            if (c is ' ' or '\n')
            {
                gap = gap.Char == '\n' ? gap : (c, prepared.SourceOf(i));
                continue;
            }

            if (gap.Char != '\0' && spoken.Length > 0)
            {
                spoken.Append(gap.Char);
                offsets.Add(gap.Source);
            }

            gap = default;
            spoken.Append(c);
            offsets.Add(prepared.SourceOf(i));
        }

        return new SpokenText(spoken.ToString(), offsets);
    }
}
