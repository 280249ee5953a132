using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Dictation.Domain.UnitTests.Attempts.Scoring;

/// <summary>Generated attempts.</summary>
internal static class Attempts
{
    // Mostly apart, some near each other: ties and slips need both.
    private static readonly string[] Vocabulary =
    [
        "tuli", "tuuli", "tulli", "talo", "talossa", "kissa", "pöytä", "Åbo", "linja-auto", "linja", "auto", "don't", "ja", "on", "12,50", "koira",
        "Helsinki", "kaksi", "tuhatta", "keittiössä", "suomalainen", "vaa'an", "a", "hän", "sataa", "satama", "här", "EU:n", "huonekalu",
    ];

    private static readonly string[] Tiny = ["a", "b", "ab", "ba"];
    private static readonly string[] Locales = ["fi", "fi-FI", "sv", "en", ""];

    /// <summary>Words, spaces and punctuation that <see cref="TextbookAlignment.Words"/> can take apart.</summary>
    public static Arbitrary<Attempt> Plain { get; } =
        Gen.Choose(0, int.MaxValue - 1).Select(seed => Generate(new Random(seed))).ToArbitrary();

    /// <summary>Anything at all, lone surrogates too.</summary>
    public static Arbitrary<Attempt> Wild { get; } =
        Gen.Choose(0, int.MaxValue - 1).Select(seed => GenerateWild(new Random(seed))).ToArbitrary();

    public static string Misspell(string word, Random random)
    {
        var at = random.Next(word.Length);
        return random.Next(6) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, "e"),
            2 => word.Insert(at, word[at].ToString()),
            3 => string.Concat(word.AsSpan(0, at), "k", word.AsSpan(at + 1)),
            4 when at > 0 => string.Concat(word.AsSpan(0, at - 1), [word[at], word[at - 1]], word.AsSpan(at + 1)),
            _ => word.Replace('ä', 'a').Replace('ö', 'o').Replace("å", "o", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static Attempt Generate(Random random)
    {
        var vocabulary = random.Next(4) == 0 ? Tiny : Vocabulary;
        var reference = Enumerable.Range(0, random.Next(12)).Select(_ => Pick(vocabulary, random)).ToArray();
        var attempt = random.Next(5) == 0
            ? [.. Enumerable.Range(0, random.Next(12)).Select(_ => Pick(vocabulary, random))]
            : Mutate(reference, vocabulary, random);
        return new Attempt(string.Join(' ', reference), string.Join(' ', attempt.Where(w => w.Length > 0)), Pick(Locales, random));
    }

    private static List<string> Mutate(string[] reference, string[] vocabulary, Random random)
    {
        var attempt = new List<string>();
        var rate = random.Next(1, 30);
        for (var i = 0; i < reference.Length; i++)
        {
            var word = reference[i];
            switch (random.Next(10 + rate))
            {
                case 0:
                    break;
                case 1:
                    attempt.AddRange([word, word]);
                    break;
                case 2:
                    attempt.AddRange([Pick(vocabulary, random), word]);
                    break;
                case 3 when i + 1 < reference.Length:
                    attempt.AddRange([reference[++i], word]);
                    break;
                case 4 when word.Length > 1:
                    var at = random.Next(1, word.Length);
                    attempt.AddRange([word[..at].Trim('-', '\'', ':', ','), word[at..].Trim('-', '\'', ':', ',')]);
                    break;
                case 5 when i + 1 < reference.Length:
                    attempt.Add(word + reference[++i]);
                    break;
                case 6 or 7 when word.All(char.IsLetter):
                    attempt.Add(Misspell(word, random).Trim('-', '\'', ':', ','));
                    break;
                case 8:
                    attempt.Add(random.Next(4) switch
                    {
                        0 => word.ToUpperInvariant(),
                        1 => word + "!",
                        2 => $"\"{word},\"",
                        _ => word.Replace('\'', '’'),
                    });
                    break;
                case 9:
                    attempt.Add(random.Next(2) == 0 ? Pick(vocabulary, random) : word.Replace("'", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).Replace(":", "", StringComparison.Ordinal));
                    break;
                default:
                    attempt.Add(word);
                    break;
            }
        }

        return attempt;
    }

    private static Attempt GenerateWild(Random random)
    {
        string[] pieces =
        [
            "a", "b", "Ä", "a\u0308", "å", "ö", " ", "  ", "\u00A0", "\t", "\0", "'", "’", "-", "–", "—", ",", ".", ":", "_", "!", "“", "”", "1", "2", "１", "Ａ",
            "！", "\uD83D", "\uDE00", "😀", "👩‍👩‍👧", "🇫🇮", "1️⃣", "\u200D", "\u200C", "\u200B", "\u00AD", "\uFEFF", "\u200F", "\u0301", "\u20E3", "你", "好", "ｶ", "ﾞ", "カ", "が",
            "か\u3099", "ไ", "ท", "ย", "กำ", "שָׁ", "לום", "م", "ر", "한", "\u1112\u1161", "ß", "İ", "ı", "Σ", "ς", "ﬁ", "\uFFFF", "\uFFFD", "𐐀", "𐐨", "क्ष", "\r\n", "ø",
        ];
        string Text(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => Pick(pieces, random)));
        var reference = Text(random.Next(25));
        var attempt = new StringBuilder(reference);
        if (random.Next(3) == 0)
        {
            attempt.Clear().Append(Text(random.Next(25)));
        }
        else
        {
            for (var i = random.Next(4); i > 0; i--)
            {
                // Cuts through surrogate pairs and graphemes, on purpose.
                attempt.Insert(random.Next(attempt.Length + 1), Pick(pieces, random));
                attempt.Remove(random.Next(attempt.Length), 1);
            }
        }

        return new Attempt(reference, attempt.ToString(), Pick([.. Locales, "\uD800", "x-\0"], random));
    }

    private static string Pick(string[] from, Random random) => from[random.Next(from.Length)];
}

public sealed record Attempt(string Reference, string Transcription, string Locale);
