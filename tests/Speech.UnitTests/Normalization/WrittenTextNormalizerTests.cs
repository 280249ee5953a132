using Dictation.Speech.Normalization;
using Dictation.Speech.Segmentation;

namespace Dictation.Speech.UnitTests.Normalization;

public sealed class WrittenTextNormalizerTests
{
    private static readonly TextNormalizers Normalizers = new();

    [TestCase("He came 1st, at 3:45 p.m., e.g. by example.com (a@b.org).")]
    [TestCase("“It’s fine,” — he said… ¿Qué?")]
    [TestCase("Say [[həlˈoʊ]] to St. James St. 5.")]
    [TestCase("你好，世界。नमस्ते।")]
    [TestCase("می\u200Cخواهم 👩\u200D🚀")]
    public void Normalize_WhatAPhonemizerReads_IsLeftToIt(string text) => Assert.That(Normalizers.For("cy", voiceReadsDigits: true).Normalize(text).Text, Is.EqualTo(text));

    [TestCase("  a \t b\u00A0c \r\n\n d ", "a b c\nd")]
    [TestCase("cafe\u0301 １２ Ａ", "café 12 A")]
    [TestCase("a\u0001b\uE000\u00AD\u200B❤\uFE0F!", "ab❤!")]
    [TestCase("well\u2011known", "well-known")]
    [TestCase("", "")]
    public void Normalize_WhatItCannotRead_IsMadeCanonical(string text, string expected) => Assert.That(new WrittenTextNormalizer().Normalize(text).Text, Is.EqualTo(expected));

    [TestCase("Sano [[hˈei. 5]] 5 kertaa [[ ə ]].", "Sano [[hˈei. 5]] viisi kertaa [[ ə ]].")]
    [TestCase("[[a]][[b]]", "[[a]][[b]]")]
    [TestCase("ꀀ [[a]] 2", "ꀀ [[a]] kaksi")]
    [TestCase("[[a\nb]]", "aa\nbee")]
    public void Normalize_FinnishWithPhonemes_KeepsThem(string text, string expected)
    {
        var spoken = Normalizers.For("fi", voiceReadsDigits: true).Normalize(text);

        Assert.Multiple(() =>
        {
            Assert.That(spoken.Text, Is.EqualTo(expected));
            Assert.That(spoken.SourceOffsets, Is.Ordered);
            Assert.That(spoken.SourceOffsets, Has.Count.EqualTo(spoken.Text.Length));
            Assert.That(spoken.SourceOffsets[^1], Is.LessThan(text.Length));
        });
    }

    [Test]
    public void Split_LongSentences_KeepsPhonemesWhole()
    {
        var spoken = new WrittenTextNormalizer().Normalize("one two, [[a b, c d]] three four [[ unclosed five six seven");

        Assert.That(
            TextSegmenter.Split(spoken, 20, []).Select(s => s.Text),
            Is.EqualTo(new[] { "one two,", "[[a b, c d]] three", "four [[ unclosed", "five six seven" }));
    }

    [Test]
    public void Split_AtGivenEnds_FollowsThemAndTheLines()
    {
        var spoken = new WrittenTextNormalizer().Normalize("Use it, e.g. here. Then\nstop. Now");

        Assert.That(TextSegmenter.Split(spoken, 300, [19]).Select(s => (s.Text, s.Pause)), Is.EqualTo(new[]
        {
            ("Use it, e.g. here.", Pause.Sentence), ("Then", Pause.Paragraph), ("stop. Now", Pause.Sentence),
        }));
    }
}
