using System.Globalization;

namespace Dictation.Domain.Attempts.Scoring;

/// <summary>Advice for the next listening, in English: how many words are right, then at most two hints, the worst kind first. About 200 characters at most.</summary>
internal static class Feedback
{
    private const int MaxHints = 2;
    private const int MaxNames = 2;
    private const int MaxLettersNamed = 2;

    // UTF-16 units of a word, and of a letter, that are quoted.
    private const int MaxWordLength = 20;
    private const int MaxLetterLength = 4;

    /// <param name="words">The whole alignment.</param>
    public static string Describe(IReadOnlyList<JudgedWord> words, Alphabet alphabet)
    {
        var total = words.Count(w => w.Reference is not null);
        if (total == 0)
        {
            return words.Count == 0
                ? "There were no words to write, and you wrote none."
                : $"There were no words to write. {Extra(words, alphabet)}";
        }

        if (words.All(w => w.Attempt is null))
        {
            return $"0 of {Words(total)}. Nothing is written yet: listen again and write what you hear.";
        }

        var right = words.Count(w => w is { Reference: not null, Credit: 1 });
        var hints = Hints(words, alphabet).Take(MaxHints).ToList();
        if (right < total || words.Any(w => w.Kind == MismatchKind.Extra))
        {
            return string.Join(' ', [$"{right} of {Words(total)}.", .. hints]);
        }

        var all = total switch { 1 => "The word is", 2 => "Both words are", _ => $"All {total} words are" };
        return hints.Count == 0 ? $"{all} right. Well done!" : string.Join(' ', [$"{all} there.", .. hints]);
    }

    private static IEnumerable<string> Hints(IReadOnlyList<JudgedWord> words, Alphabet alphabet)
    {
        for (var kind = MismatchKind.Missing; kind >= MismatchKind.Case; kind--)
        {
            // A forgiven mistake is worth a hint only when it was more than signs and capitals.
            var slips = words.Where(w => w.Kind == kind && (w.Credit < 1 || kind >= MismatchKind.Boundary)).ToList();
            if (slips.Count > 0)
            {
                foreach (var hint in Hints(kind, slips, alphabet))
                {
                    yield return hint;
                }
            }
        }
    }

    private static IEnumerable<string> Hints(MismatchKind kind, List<JudgedWord> slips, Alphabet alphabet) => kind switch
    {
        MismatchKind.Missing => [$"{Names(slips, alphabet)} {(AreSeveral(slips, alphabet) ? "are" : "is")} missing."],
        MismatchKind.Extra => [Extra(slips, alphabet)],
        MismatchKind.WrongWord => [$"Listen again for {Names(slips, alphabet)}."],
        MismatchKind.Length => slips.Select(s => Lengths(s, alphabet)).Distinct(),
        MismatchKind.Diacritic => slips.Select(s => Marks(s, alphabet)).Distinct(),
        MismatchKind.Typo => [$"Check the spelling of {Names(slips, alphabet)}."],
        MismatchKind.Boundary => slips.Chunk(2).Select(s => Boundary(s, alphabet)).Distinct(),
        MismatchKind.Apostrophe => [$"Mind the apostrophe in {Names(slips, alphabet)}."],
        MismatchKind.Punctuation => [$"Mind the punctuation of {Names(slips, alphabet)}."],
        _ => [Capitals(slips, alphabet)],
    };

    /// <summary>Two neighbouring steps: a word and the one it was split into or joined with.</summary>
    private static string Boundary(JudgedWord[] slip, Alphabet alphabet) => slip.Where(w => w.Reference is not null).ToList() switch
    {
        [var whole] => $"{Name(whole, alphabet)} is one word.",
        var parts => $"{Name(parts[0], alphabet)} and {Name(parts[1], alphabet)} are two words.",
    };

    private static string Lengths(JudgedWord slip, Alphabet alphabet)
    {
        var said = Runs(slip.Reference!, alphabet);
        var written = Runs(slip.Attempt!, alphabet);
        if (!said.Select(r => alphabet.Base(r.Letter)).SequenceEqual(written.Select(r => alphabet.Base(r.Letter))))
        {
            return ListenTo(slip, alphabet);
        }

        var lengths = said.Zip(written)
            .Where(pair => (pair.First.Count > 1) != (pair.Second.Count > 1))
            .Select(pair => (pair.First.Letter, IsLong: pair.First.Count > 1))
            .Distinct()
            .Take(MaxLettersNamed)
            .ToList();
        return lengths.Count == 0 || lengths.Any(l => IsUnwieldy(l.Letter, alphabet))
            ? ListenTo(slip, alphabet)
            : $"{Name(slip, alphabet)} has {string.Join(" and ", lengths.Select(l => $"a {LengthOf(l.IsLong, IsVowel(l.Letter, alphabet))} {alphabet.Text(l.Letter)}"))}.";
    }

    private static bool IsVowel(int letter, Alphabet alphabet) => "aeiouy".Contains(alphabet.Text(alphabet.Base(letter)), StringComparison.Ordinal);

    private static string LengthOf(bool isLong, bool isVowel) => (isLong, isVowel) switch
    {
        (true, true) => "long",
        (false, true) => "short",
        (true, false) => "double",
        _ => "single",
    };

    private static string Marks(JudgedWord slip, Alphabet alphabet)
    {
        var (said, written) = (slip.Reference!.Bare, slip.Attempt!.Bare);
        var letters = said.Zip(written).Where(pair => pair.First != pair.Second).Distinct().ToList();
        if (said.Length != written.Length || letters.Any(l => !IsMarkSlip(l.First, l.Second, alphabet) || IsUnwieldy(l.First, alphabet) || IsUnwieldy(l.Second, alphabet)))
        {
            return ListenTo(slip, alphabet);
        }

        var named = letters.Take(MaxLettersNamed).ToList();
        return $"{Name(slip, alphabet)} has {string.Join(" and ", named.Select(l => alphabet.Text(l.First)))}, not {string.Join(" and ", named.Select(l => alphabet.Text(l.Second)))}.";
    }

    private static bool IsMarkSlip(int said, int written, Alphabet alphabet) =>
        alphabet.Base(said) == alphabet.Base(written) || alphabet.Text(said) == "å" || alphabet.Text(written) == "å";

    private static bool IsUnwieldy(int letter, Alphabet alphabet) => alphabet.Text(letter).Length > MaxLetterLength;

    private static string ListenTo(JudgedWord slip, Alphabet alphabet) => $"Listen closely to {Name(slip, alphabet)}.";

    private static string Capitals(List<JudgedWord> slips, Alphabet alphabet)
    {
        var said = slips[0].Reference!.Plain(alphabet);
        if (slips.Count > 1)
        {
            return $"Mind the capital letters in {Names(slips, alphabet)}.";
        }

        if (said == Normalization.Lower(said))
        {
            return $"{Name(slips[0], alphabet)} has no capital letter.";
        }

        return Normalization.Lower(said)[0] != said[0] && said[1..] == Normalization.Lower(said)[1..]
            ? $"{Name(slips[0], alphabet)} begins with a capital letter."
            : $"Mind the capital letters in {Name(slips[0], alphabet)}.";
    }

    private static List<(int Letter, int Count)> Runs(Word word, Alphabet alphabet)
    {
        var runs = new List<(int Letter, int Count)>();
        foreach (var letter in word.Bare)
        {
            if (runs.Count > 0 && alphabet.Base(runs[^1].Letter) == alphabet.Base(letter))
            {
                runs[^1] = (runs[^1].Letter, runs[^1].Count + 1);
            }
            else
            {
                runs.Add((letter, 1));
            }
        }

        return runs;
    }

    private static string Words(int count) => count == 1 ? "1 word" : $"{count} words";

    private static string Extra(IReadOnlyList<JudgedWord> words, Alphabet alphabet) =>
        AreSeveral(words, alphabet) ? $"There are extra words: {Names(words, alphabet)}." : $"There is an extra {Names(words, alphabet)}.";

    private static bool AreSeveral(IReadOnlyList<JudgedWord> words, Alphabet alphabet) => words.Select(w => Name(w, alphabet)).Distinct().Skip(1).Any();

    private static string Names(IReadOnlyList<JudgedWord> words, Alphabet alphabet)
    {
        var names = words.Select(w => Name(w, alphabet)).Distinct().ToList();
        return names.Count switch
        {
            1 => names[0],
            <= MaxNames => $"{names[0]} and {names[1]}",
            _ => $"{string.Join(", ", names.Take(MaxNames))} and {names.Count - MaxNames} more",
        };
    }

    private static string Name(JudgedWord word, Alphabet alphabet)
    {
        var text = (word.Reference ?? word.Attempt)!.Plain(alphabet);
        if (text.Length > MaxWordLength)
        {
            var length = 0;
            for (var next = 0; next <= MaxWordLength; next += StringInfo.GetNextTextElementLength(text, next))
            {
                length = next;
            }

            text = $"{text[..length]}…";
        }

        return $"'{text}'";
    }
}
