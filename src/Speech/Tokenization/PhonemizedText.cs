using System.Text;
using System.Text.RegularExpressions;
using Dictation.Speech.Normalization;

namespace Dictation.Speech.Tokenization;

/// <summary>A text as a phonemiser reads it, with what stands in <c>[[ ]]</c> taken as phonemes.</summary>
public sealed partial class PhonemizedText
{
    private PhonemizedText(PhonemizerText text, IReadOnlyList<Piece> pieces) => (Text, Pieces) = (text, pieces);

    /// <summary>The text as the phonemiser got it; the pieces' offsets are in it.</summary>
    internal PhonemizerText Text { get; }

    /// <summary>Clauses and raw phonemes, in order.</summary>
    internal IReadOnlyList<Piece> Pieces { get; }

    /// <exception cref="VoiceException">The phonemiser failed.</exception>
    public static PhonemizedText Read(string source, IPhonemizer phonemizer)
    {
        var text = PhonemizerText.From(source);
        var pieces = new List<Piece>();
        var at = 0;
        foreach (Match raw in RawPhonemes.In(text.Text))
        {
            AddClauses(text.Text, at, raw.Index, phonemizer, pieces);
            var end = raw.Index + raw.Length;
            at = ClauseEnding.BehindMarks(text.Text, end);
            pieces.Add(new Piece(Phonemes(text.Text, raw), raw.Index, at, ClauseEnding.From(text.Text.AsSpan(end, at - end)), IsRaw: true));
        }

        AddClauses(text.Text, at, text.Text.Length, phonemizer, pieces);
        return new PhonemizedText(text, pieces);
    }

    /// <summary>The UTF-16 offsets in the source behind each sentence but the last, the quotation marks and brackets that close it included.</summary>
    public IReadOnlyList<int> SentenceEnds()
    {
        var ends = new List<int>();
        foreach (var piece in Pieces.Where(p => p.Ending.EndsSentence && p.End < Text.Text.Length))
        {
            var end = piece.End;
            while (end < Text.Text.Length && !char.IsWhiteSpace(Text.Text[end - 1]) && ClauseEnding.IsClosing(Text.Text[end]))
            {
                end++;
            }

            if (end < Text.Text.Length)
            {
                ends.Add(Text.Offsets[end]);
            }
        }

        return ends;
    }

    private static void AddClauses(string text, int start, int end, IPhonemizer phonemizer, List<Piece> pieces)
    {
        if (start < end)
        {
            var followsRaw = pieces.Count > 0;
            foreach (var clause in Clauses(text[start..end], phonemizer))
            {
                pieces.Add(new Piece(clause.Phonemes, start + clause.Start, start + clause.End, clause.Ending, IsRaw: false, followsRaw));
                followsRaw = false;
            }
        }
    }

    /// <summary>The clauses of a text, their phonemes decomposed and without the marks of a change of language, such as <c>(en)</c>.</summary>
    internal static IEnumerable<PhonemeClause> Clauses(string text, IPhonemizer phonemizer) => phonemizer.Read(text)
        .Select(c => c with { Phonemes = LanguageSwitch().Replace(c.Phonemes, "").Trim().Normalize(NormalizationForm.FormD) });

    /// <summary>As they are written, with the spaces that stand around the brackets.</summary>
    private static string Phonemes(string text, Match raw)
    {
        var inner = raw.ValueSpan[2..^2].Trim();
        var end = raw.Index + raw.Length;
        return string.Concat(raw.Index > 0 && text[raw.Index - 1] == ' ' ? " " : "", inner, end < text.Length && text[end] == ' ' ? " " : "");
    }

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageSwitch();

    /// <param name="Phonemes">Of a clause: cleaned. Raw ones: as written, with a space where one stands before or behind the brackets.</param>
    /// <param name="Start">The UTF-16 offset of its first character.</param>
    /// <param name="End">The offset behind its last.</param>
    /// <param name="Ending">How it ends.</param>
    /// <param name="IsRaw">Whether the text itself gives the phonemes.</param>
    /// <param name="FollowsRaw">Whether it stands behind such a piece: the spaces between them are the raw one's.</param>
    internal sealed record Piece(string Phonemes, int Start, int End, ClauseEnding Ending, bool IsRaw, bool FollowsRaw = false);
}
