namespace Dictation.Domain.Attempts.Scoring;

/// <summary>Two words that face each other, grapheme by grapheme, with the punctuation that touches them.</summary>
internal sealed class CharacterAlignment(Alphabet alphabet)
{
    /// <summary>Longer words, which no language has, are not taken apart: the answer would be many times the text.</summary>
    public const int MaxGraphemes = 256;

    /// <summary>
    /// Empty for words that are the same, words alone and words too long. Capitals count only in words that differ in nothing worse.
    /// </summary>
    public IReadOnlyList<AlignedCharacter> For(JudgedWord word)
    {
        if (word is not { Kind: not null, Reference: { Whole.Length: <= MaxGraphemes } reference, Attempt: { Whole.Length: <= MaxGraphemes } attempt })
        {
            return [];
        }

        var exact = word.Op == AlignmentOp.Equal;
        var a = Symbols(reference, exact);
        var b = Symbols(attempt, exact);
        var characters = new List<AlignedCharacter>();
        foreach (var (i, j) in OptimalAlignment.Align(a, b, alphabet.Size, distances: null))
        {
            var op = (i, j) switch
            {
                (_, < 0) => AlignmentOp.Delete,
                ( < 0, _) => AlignmentOp.Insert,
                _ => a[i] == b[j] ? AlignmentOp.Equal : AlignmentOp.Substitute,
            };
            characters.Add(new AlignedCharacter(op, Original(reference, i), Original(attempt, j)));
        }

        return characters;
    }

    private int[] Symbols(Word word, bool exact) =>
        [.. word.Whole.Select(g => exact ? g.Symbol : alphabet.Folded(g.Symbol))];

    private static string? Original(Word word, int index) => index < 0 ? null : word.Text[word.Whole[index].Start..word.Whole[index].End];
}
