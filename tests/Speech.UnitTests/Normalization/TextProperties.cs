using System.Globalization;
using System.Text;
using Dictation.Speech.Normalization;
using Dictation.Speech.Segmentation;
using FsCheck;
using FsCheck.Fluent;

namespace Dictation.Speech.UnitTests.Normalization;

/// <summary>What holds for every string; a failing check prints the seed that replays it.</summary>
[TestFixture]
public sealed class TextProperties
{
    private static readonly ITextNormalizer Finnish = new TextNormalizers().For("fi", voiceReadsDigits: false);
    private static readonly ITextNormalizer English = new TextNormalizers().For("en", voiceReadsDigits: false);
    private static readonly ITextNormalizer Swedish = new TextNormalizers().For("sv", voiceReadsDigits: false);

    // Pieces that matchers look for, so that random texts reach their corners, beside any UTF-16 unit at all.
    private static readonly string[] Pieces =
    [
        "1", "2", "9", "0", "12", "1939", "24.12.", "24.12.2026", "2026-12-24", "14.30", "14:30", "3/4", "1 1/2", "1 000", "1.234.567", "12,50", "-5", "+358 40 123 4567",
        " ", " ", ".", ",", ":", ";", "-", "–", "—", "/", "…", "!", "?", "(", ")", "\"", "'", "’", "\n", "\r\n", "\t", "\u00A0", "\u200B", "\u0301", "\u0308",
        "%", "€", "$", "km", "km/h", "m²", "°C", "kpl", "klo", "klo ", "n.", "s.", "v.", "mm.", "esim.", "puh.", "milj.", "ym.", "jaa.", "ma–pe", "EU:n", ":n", ":ssa", "TV", "XIV",
        "kissa", "Kissa", "KISSA", "äiti", "vuoden", "luokalla", "x", "A", "½", "²", "§", "&", "@", "=", "+", "×", "#", "^", "√", "①", "Ⅳ", "٣", "𝟗", "𝐀", "😀", "👩‍🚀", "각", "\u1100", "\u1161",
        "www.", "https://", "a@b.fi", "yle.fi", "Dr.", "e.g.", "U.S.", "$5", "5 p.m.", "Jan. 5", "1990s", "'80s", "12\"", "5'10\"", "IV", "kl. 8", "t.ex.", "S:t", "2:a", "1.) ", "• ", ".[1] ", "\0", "\uD800", "\uDC00", "\uFFFF", "ﬁ", "Å", "ñ", "я", "漢", "ก็",
    ];

    private static readonly Arbitrary<string> Texts = Gen
        .Frequency(
            (4, Gen.Elements(Pieces)),
            (1, Gen.Choose(0, 0xFFFF).Select(unit => ((char)unit).ToString())))
        .ListOf()
        .Select(string.Concat)
        .ToArbitrary();

    private static void Holds(Func<string, bool> property) =>
        Prop.ForAll(Texts, property).Check(Seed.Config(2000).WithEndSize(60));

    private static readonly ITextNormalizer[] Normalizers = [Finnish, English, Swedish, new PlainTextNormalizer("sv"), new PlainTextNormalizer("ko"), new PlainTextNormalizer("ru"), new WrittenTextNormalizer()];

    // What people write: words, numbers in every dress, abbreviations and marks, parted by blanks.
    private static readonly string[] Words =
    [
        "kissa", "Kissa", "talossa", "luokalla", "euroa", "vuonna", "vuoden", "klo", "noin", "ja", "Helsingissä", "EU:n", "YK", "kesä-", "linja-auto", "esim.", "ym.", "n. 5", "s. 12", "prof. Virtanen",
        "5", "12", "1939", "3.", "5.", "24.12.", "24.12.2026", "14.30", "12,50 €", "5 %", "km", "5 km", "3–5", "1/2", "½", "10 000", "-5", "5 §", "7B", "XIV", "A", "1990-luvulla", "6-vuotias",
        "6:ssa", "matti@example.fi", "www.yle.fi", "040 123 4567", ".", "!", "?", ",", "–", "(musta)", "\"Hei\"", "huom:", "...", "24 t/vrk", "3 °C", "Matti & Maija", "2 + 3 = 5",
    ];

    private static readonly Arbitrary<string> Sentences = Gen.Elements(Words).ListOf().Select(words => string.Join(' ', words)).ToArbitrary();

    [Test]
    public void Normalize_WhatIsSaid_StaysAsItIs() => Prop.ForAll(Sentences, text => Array.TrueForAll(
        [Finnish],
        normalizer =>
        {
            var said = Joined(normalizer, text);
            return Joined(normalizer, said) == said;
        })).Check(Seed.Config(3000).WithEndSize(40));

    [Test]
    public void Split_PlainText_JoinedIsWhatIsSaid() => Prop.ForAll(
        Sentences, text => Joined(Finnish, text) == Finnish.Normalize(text).Text.Replace('\n', ' ')).Check(Seed.Config(1000).WithEndSize(40));

    private static string Joined(ITextNormalizer normalizer, string text) =>
        string.Join(' ', TextSegmenter.Split(normalizer.Normalize(text), 300).Select(segment => segment.Text));

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    [Test]
    public void Normalize_AnyText_OffsetsNeverFallAndStayInRange() => Holds(text => Normalizers.All(normalizer =>
    {
        var spoken = normalizer.Normalize(text);
        var last = 0;
        return spoken.SourceOffsets.Count == spoken.Text.Length && spoken.SourceOffsets.All(offset =>
        {
            var holds = offset >= last && offset < text.Length;
            last = offset;
            return holds;
        });
    }));

    [Test]
    public void Normalize_AnyText_SentenceEndsRiseAndStayInRange() => Holds(text => Normalizers.All(normalizer =>
    {
        var spoken = normalizer.Normalize(text);
        var ends = spoken.SentenceEnds ?? [];
        return ends.Zip(ends.Skip(1)).All(pair => pair.First < pair.Second) && ends.All(end => end > 0 && end <= spoken.Text.Length);
    }));

    [Test]
    public void Normalize_AnyText_FinnishHoldsOnlyTheSpokenAlphabet() => Holds(text =>
        Finnish.Normalize(text).Text.EnumerateRunes().All(rune => Rune.IsLetter(rune) || IsMark(rune) || " \n.,!?;:-".Contains((char)rune.Value, StringComparison.Ordinal)));

    [Test]
    public void Normalize_AnyText_IsComposedAndEvenlySpaced() => Holds(text => Normalizers.All(normalizer =>
    {
        var spoken = normalizer.Normalize(text).Text;
        return spoken.IsNormalized(NormalizationForm.FormC)
            && spoken == spoken.Trim()
            && !spoken.Contains("  ", StringComparison.Ordinal)
            && !spoken.Contains(" \n", StringComparison.Ordinal)
            && !spoken.Contains("\n ", StringComparison.Ordinal);
    }));

    [Test]
    public void Normalize_AnyText_HyphensStandInsideWords() => Holds(text =>
    {
        var spoken = Finnish.Normalize(text).Text;
        return Enumerable.Range(0, spoken.Length).All(i => spoken[i] != '-' || (i > 0 && i + 1 < spoken.Length
            && spoken[i - 1] is not (' ' or '\n' or '-') && spoken[i + 1] is not (' ' or '\n' or '-')));
    });

    [Test]
    public void Normalize_AnyText_AlwaysSaysTheSame() => Holds(text =>
        Finnish.Normalize(text).Text == new TextNormalizers().For("fi", voiceReadsDigits: false).Normalize(text).Text);

    [Test]
    public void Split_AnyText_SegmentsHoldEverythingSpokenInOrder() => Holds(text => Normalizers.All(normalizer => new[] { 2, 7, 40, 1000 }.All(limit =>
    {
        var spoken = normalizer.Normalize(text);
        var segments = TextSegmenter.Split(spoken, limit);
        return Spoken(string.Concat(segments.Select(segment => segment.Text))) == Spoken(spoken.Text)
            && segments.All(segment => segment.Text.Length <= limit
                && segment.Text == segment.Text.Trim()
                && segment.Text == spoken.Text.Substring(segment.Start, segment.Text.Length)
                && !char.IsLowSurrogate(segment.Text[0])
                && !char.IsHighSurrogate(segment.Text[^1]))
            && segments.Zip(segments.Skip(1)).All(pair => pair.First.Start + pair.First.Text.Length <= pair.Second.Start);
    })));

    [Test]
    public void Split_AnyRawText_NeverThrowsAndLosesNothing() => Holds(text =>
    {
        var raw = new SpokenText(text, [.. Enumerable.Range(0, text.Length)]);
        // Joined by a space, as two lone surrogates from two segments would make a letter that the text never had.
        return Spoken(string.Join(' ', TextSegmenter.Split(raw, 1 + (text.Length % 5)).Select(segment => segment.Text))) == Spoken(text);
    });

    private static string Spoken(string text) =>
        string.Concat(text.EnumerateRunes().Where(rune => Rune.IsLetterOrDigit(rune) && rune != Rune.ReplacementChar));

    // Allocation grows with the work done and, unlike time, does not depend on what else the machine does.
    [TestCase("1")]
    [TestCase("1.")]
    [TestCase("1 ")]
    [TestCase("111 ")]
    [TestCase("1-")]
    [TestCase("1–1 km ")]
    [TestCase("a")]
    [TestCase("a.")]
    [TestCase("a@")]
    [TestCase("a.a@")]
    [TestCase("A ")]
    [TestCase("XI")]
    [TestCase("ma-")]
    [TestCase("   ")]
    [TestCase("= ")]
    [TestCase("'")]
    [TestCase("a'")]
    [TestCase("a\u0301")]
    [TestCase("\u0301\u0323")]
    [TestCase("+1 ")]
    [TestCase("1:")]
    [TestCase("1/")]
    [TestCase("ym.\"")]
    [TestCase("klo 8, ")]
    [TestCase("www.")]
    [TestCase("\uD800")]
    [TestCase("(")]
    [TestCase("$")]
    [TestCase("1) ")]
    [TestCase("A.")]
    [TestCase("1 St ")]
    public void Normalize_TenTimesTheText_CostsAboutTenTimes(string unit)
    {
        Assert.Multiple(() =>
        {
            foreach (var normalizer in (ITextNormalizer[])[Finnish, English, Swedish])
            {
                Assert.That(Cost(normalizer, unit, 20_000), Is.LessThan((Cost(normalizer, unit, 2_000) * 16) + 200_000));
            }
        });
    }

    [Test]
    public void Normalize_TenThousandCharactersOfAnything_Returns([Values("1", "a.1-", "1 000 ", "klo 1–", "a@a.", "\u0301", "ma–", "www.a/")] string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 10_000 / unit.Length));

        Assert.That(() => TextSegmenter.Split(Finnish.Normalize(text), 200), Throws.Nothing);
    }

    private static long Cost(ITextNormalizer normalizer, string unit, int length)
    {
        var text = string.Concat(Enumerable.Repeat(unit, length / unit.Length));
        normalizer.Normalize(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        TextSegmenter.Split(normalizer.Normalize(text), 200);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
