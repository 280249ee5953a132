using Dictation.Speech.Normalization;
using Dictation.Speech.Segmentation;

namespace Dictation.Speech.UnitTests.Segmentation;

[TestFixture]
public sealed class TextSegmenterTests
{
    private static SpokenText Text(string text) => new(text, [.. Enumerable.Range(0, text.Length)]);

    private static IEnumerable<(string, Pause)> Split(string text, int limit) =>
        TextSegmenter.Split(Text(text), limit).Select(segment => (segment.Text, segment.Pause));

    [Test]
    public void Split_Sentences_GivesOneSegmentEach() =>
        Assert.That(Split("Hei. Moi! Mitä?", 100), Is.EqualTo(new[] { ("Hei.", Pause.Sentence), ("Moi!", Pause.Sentence), ("Mitä?", Pause.Sentence) }));

    [Test]
    public void Split_LineBreak_EndsParagraph() =>
        Assert.That(Split("Otsikko\nTeksti.\nLoppu", 100), Is.EqualTo(new[] { ("Otsikko", Pause.Paragraph), ("Teksti.", Pause.Paragraph), ("Loppu", Pause.Sentence) }));

    [Test]
    public void Split_LongSentence_CutsAtLastClauseBelowLimit() =>
        Assert.That(Split("yksi, kaksi, kolme neljä viisi.", 16), Is.EqualTo(new[] { ("yksi, kaksi,", Pause.Clause), ("kolme neljä", Pause.None), ("viisi.", Pause.Sentence) }));

    [Test]
    public void Split_WordLongerThanLimit_CutsHard() =>
        Assert.That(Split("abcdefgh", 3), Is.EqualTo(new[] { ("abc", Pause.None), ("def", Pause.None), ("gh", Pause.Sentence) }));

    [Test]
    public void Split_SurrogatePairAtLimit_StaysWhole() =>
        Assert.That(Split("a𐐀𐐀", 2), Is.EqualTo(new[] { ("a", Pause.None), ("𐐀", Pause.None), ("𐐀", Pause.Sentence) }));

    [Test]
    public void Split_LimitOfOne_KeepsSurrogatePairs() =>
        Assert.That(TextSegmenter.Split(Text("a𐐀b"), 1).Select(segment => segment.Text), Is.EqualTo(new[] { "a", "𐐀", "b" }));

    [Test]
    public void Split_NothingSpoken_GivesNothing() => Assert.That(Split(" , . \n ! ", 10), Is.Empty);

    [Test]
    public void Split_Empty_GivesNothing() => Assert.That(Split("", 10), Is.Empty);

    [Test]
    public void Split_ExactlyLimit_StaysWhole() => Assert.That(Split("abc def", 7), Is.EqualTo(new[] { ("abc def", Pause.Sentence) }));

    [Test]
    public void Split_LimitBelowOne_Throws() =>
        Assert.That(() => TextSegmenter.Split(Text("a"), 0), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void Split_Segments_KnowTheirStart() =>
        Assert.That(TextSegmenter.Split(Text("Hei.  Moi."), 10).Select(segment => segment.Start), Is.EqualTo(new[] { 0, 6 }));
}
