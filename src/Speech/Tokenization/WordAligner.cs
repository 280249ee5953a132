using System.Globalization;
using System.Text;

namespace Dictation.Speech.Tokenization;

/// <summary>
/// Finds which word each phoneme of a clause belongs to. A phonemiser reads a number as several words and joins short ones, so the words of
/// the text are pronounced alone too, and both pronunciations are laid over each other at the least cost.
/// </summary>
internal static class WordAligner
{
    private const int Nobody = -1;

    /// <summary>Beyond this, phonemes are shared out by the lengths of the words.</summary>
    private const int MostCells = 4_000_000;

    private const int Gap = 2, MarkGap = 1, Alike = 2, Unlike = 5;

    private const string Vowels = "aeiouyæøœɐɑɒɔəɚɛɜɝɞɘɨɪɵɤɯɶʉʊʌʏᵻᵿ";

    /// <param name="alone">Each word's phonemes when pronounced alone.</param>
    /// <param name="phonemes">The clause's phonemes.</param>
    /// <returns>For each character of <paramref name="phonemes"/> the number of its word, never falling; -1 for spaces, and for all where no word is heard.</returns>
    public static int[] Owners(IReadOnlyList<string> alone, string phonemes)
    {
        var owners = new int[phonemes.Length];
        Array.Fill(owners, Nobody);
        var (expected, words) = Joined(alone);
        if (expected.Length == 0)
        {
            return owners;
        }

        if ((expected.Length + 1L) * (phonemes.Length + 1L) > MostCells)
        {
            for (var i = 0; i < owners.Length; i++)
            {
                owners[i] = words[(int)((long)i * words.Length / owners.Length)];
            }
        }
        else
        {
            Align(expected, words, phonemes, owners);
        }

        Fill(phonemes, owners, words[0]);
        return owners;
    }

    private static (string Phonemes, int[] Words) Joined(IReadOnlyList<string> alone)
    {
        var text = new StringBuilder();
        var words = new List<int>();
        for (var word = 0; word < alone.Count; word++)
        {
            if (alone[word].Length == 0)
            {
                continue;
            }

            if (text.Length > 0)
            {
                text.Append(' ');
                words.Add(word);
            }

            text.Append(alone[word]);
            words.AddRange(Enumerable.Repeat(word, alone[word].Length));
        }

        return (text.ToString(), [.. words]);
    }

    private static void Align(string expected, int[] words, string phonemes, int[] owners)
    {
        Kind[] expectedKinds = [.. expected.Select(KindOf)], kinds = [.. phonemes.Select(KindOf)];
        var width = phonemes.Length + 1;
        var costs = new int[width];
        var steps = new Step[(expected.Length + 1) * width];
        for (var j = 1; j < width; j++)
        {
            costs[j] = costs[j - 1] + GapOf(kinds[j - 1]);
            steps[j] = Step.Inserted;
        }

        for (var i = 1; i <= expected.Length; i++)
        {
            var (letter, kind, gap, diagonal) = (expected[i - 1], expectedKinds[i - 1], GapOf(expectedKinds[i - 1]), costs[0]);
            costs[0] += gap;
            steps[i * width] = Step.Left;
            for (var j = 1; j < width; j++)
            {
                var match = diagonal + (letter == phonemes[j - 1] ? 0 : kind == kinds[j - 1] ? Alike : Unlike);
                var (left, inserted) = (costs[j] + gap, costs[j - 1] + GapOf(kinds[j - 1]));
                diagonal = costs[j];
                (costs[j], steps[i * width + j]) = match <= left && match <= inserted ? (match, Step.Matched)
                    : left <= inserted ? (left, Step.Left)
                    : (inserted, Step.Inserted);
            }
        }

        for (int i = expected.Length, j = phonemes.Length; j > 0;)
        {
            var step = steps[i * width + j];
            if (step == Step.Matched && expected[i - 1] != ' ')
            {
                owners[j - 1] = words[i - 1];
            }

            i -= step == Step.Inserted ? 0 : 1;
            j -= step == Step.Left ? 0 : 1;
        }
    }

    /// <summary>A phoneme that no word alone has goes with the one before it, at the start of a word with the one behind it.</summary>
    private static void Fill(string phonemes, int[] owners, int firstWord)
    {
        var before = Nobody;
        for (var start = 0; start < phonemes.Length;)
        {
            if (phonemes[start] == ' ')
            {
                owners[start++] = Nobody;
                continue;
            }

            var end = phonemes.IndexOf(' ', start) is var space && space < 0 ? phonemes.Length : space;
            var word = owners.AsSpan(start, end - start);
            var first = word.IndexOfAnyExcept(Nobody);
            before = first >= 0 ? word[first] : before >= 0 ? before : owners.AsSpan(end).IndexOfAnyExcept(Nobody) is var next && next >= 0 ? owners[end + next] : firstWord;
            foreach (ref var owner in word)
            {
                owner = before = owner == Nobody ? before : owner;
            }

            start = end;
        }
    }

    private static int GapOf(Kind kind) => kind == Kind.Mark ? MarkGap : Gap;

    private static Kind KindOf(char c) => c == ' ' ? Kind.Space
        : c is 'ˈ' or 'ˌ' or 'ː' or 'ˑ' or 'ʲ' || char.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark ? Kind.Mark
        : Vowels.Contains(c, StringComparison.Ordinal) ? Kind.Vowel
        : Kind.Consonant;

    private enum Kind : byte
    {
        Space,
        Mark,
        Vowel,
        Consonant,
    }

    private enum Step : byte
    {
        Matched,

        /// <summary>A phoneme of the word alone that the clause does not have.</summary>
        Left,

        /// <summary>A phoneme that only the clause has.</summary>
        Inserted,
    }
}
