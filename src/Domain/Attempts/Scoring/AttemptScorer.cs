namespace Dictation.Domain.Attempts.Scoring;

/// <summary>Scores what somebody wrote down against what was said. Explained for teachers in docs/scoring.md.</summary>
public static class AttemptScorer
{
    /// <summary>Changes with every change that can change a score.</summary>
    public const string Version = "1";

    /// <summary>
    /// The same for the same arguments, always. Takes any text whatever. Time and memory grow with the product of the two lengths, and with nothing
    /// else: at 10,000 characters a side, tens of milliseconds and tens of megabytes.
    /// </summary>
    /// <param name="reference">The spoken text.</param>
    /// <param name="transcription">The text that the learner wrote.</param>
    /// <param name="locale">BCP 47 language of the reference; an unknown one scores like any language that is not Finnish.</param>
    public static AttemptScore Score(string reference, string transcription, string locale, ScoringProfile profile = ScoringProfile.Standard)
    {
        var alphabet = new Alphabet();
        var said = WordTokenizer.Tokenize(reference, alphabet);
        var written = WordTokenizer.Tokenize(transcription, alphabet);
        var isFinnish = IsFinnish(locale);
        var pairs = Align(said, written, alphabet);
        var kinds = new MismatchClassifier(said, written, alphabet, isFinnish).Classify(pairs);
        var words = new List<JudgedWord>(pairs.Count);
        for (var i = 0; i < pairs.Count; i++)
        {
            var (r, a) = pairs[i];
            var credit = r < 0 ? 0 : Credit.For(kinds[i], profile, isFinnish);
            words.Add(new JudgedWord(r < 0 ? null : said[r], a < 0 ? null : written[a], kinds[i], credit));
        }

        var counts = Count(words);
        var characters = new CharacterAlignment(alphabet);
        return new AttemptScore(
            said.Count == 0 ? (written.Count == 0 ? 100 : 0) : Credit.Score((int)(2 * words.Sum(w => w.Credit)), said.Count, words.Count(w => w.Kind == MismatchKind.Extra)),
            ErrorRate(counts.Substitutions + counts.Deletions + counts.Insertions, said.Count),
            CharacterErrorRate(said, written, alphabet),
            said.Count,
            counts.Hits,
            counts,
            Feedback.Describe(words, alphabet),
            [.. words.Select(w => Describe(w, characters))],
            Missed(words, alphabet));
    }

    private static bool IsFinnish(string locale) =>
        locale.Split('-', '_')[0].Trim() is var language
        && (language.Equals("fi", StringComparison.OrdinalIgnoreCase) || language.Equals("fin", StringComparison.OrdinalIgnoreCase));

    private static List<AlignedPair> Align(List<Word> said, List<Word> written, Alphabet alphabet)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var a = Numbers(said, numbers);
        var b = Numbers(written, numbers);

        // Words of one letter differ by one whichever they are.
        var alike = said.Concat(written).All(w => w.Letters.Length == 1);
        var distances = alike ? null : new WordDistances([.. said.Select(w => w.Letters)], [.. written.Select(w => w.Letters)], new ulong[alphabet.Size]);
        return OptimalAlignment.Align(a, b, numbers.Count, distances);
    }

    private static int[] Numbers(List<Word> words, Dictionary<string, int> numbers)
    {
        var row = new int[words.Count];
        for (var i = 0; i < row.Length; i++)
        {
            var key = Word.Key(words[i].Letters);
            if (!numbers.TryGetValue(key, out row[i]))
            {
                row[i] = numbers[key] = numbers.Count;
            }
        }

        return row;
    }

    private static WordCounts Count(List<JudgedWord> words)
    {
        var ops = words.CountBy(w => w.Op).ToDictionary();
        return new WordCounts(
            ops.GetValueOrDefault(AlignmentOp.Equal),
            ops.GetValueOrDefault(AlignmentOp.Substitute),
            ops.GetValueOrDefault(AlignmentOp.Delete),
            ops.GetValueOrDefault(AlignmentOp.Insert));
    }

    private static double CharacterErrorRate(List<Word> said, List<Word> written, Alphabet alphabet)
    {
        var a = Characters(said, alphabet);
        var b = Characters(written, alphabet);
        return ErrorRate(WordDistances.Between(a, b, new ulong[alphabet.Size]), a.Length);
    }

    /// <summary>The folded words with one space between two, but none between characters of a script that has none.</summary>
    private static int[] Characters(List<Word> words, Alphabet alphabet)
    {
        var space = alphabet.Add(" ");
        var characters = new List<int>();
        for (var i = 0; i < words.Count; i++)
        {
            if (i > 0 && !(words[i - 1].IsCharacter && words[i].IsCharacter))
            {
                characters.Add(space);
            }

            characters.AddRange(words[i].Letters);
        }

        return [.. characters];
    }

    /// <summary>Against nothing, every error counts whole.</summary>
    private static double ErrorRate(int errors, int length) => (double)errors / Math.Max(1, length);

    private static AlignedWord Describe(JudgedWord word, CharacterAlignment characters) =>
        new(word.Op, word.Kind, word.Reference?.Original, word.Attempt?.Original, word.Reference?.Span, word.Attempt?.Span, word.Credit, characters.For(word));

    private static string[] Missed(List<JudgedWord> words, Alphabet alphabet) =>
        [.. words.Where(w => w is { Reference: not null, Credit: < 1 }).Select(w => Normalization.Lower(w.Reference!.Plain(alphabet))).Distinct(StringComparer.Ordinal)];
}
