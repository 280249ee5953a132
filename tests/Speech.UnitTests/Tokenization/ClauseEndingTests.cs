using Dictation.Speech.Tokenization;

namespace Dictation.Speech.UnitTests.Tokenization;

public class ClauseEndingTests
{
    [TestCase("one. ", '.', true)]
    [TestCase("one?", '?', true)]
    [TestCase("one?! ", '?', true)]
    [TestCase("one!\" ", '!', true)]
    [TestCase("one.) ", '.', true)]
    [TestCase("one, ", ',', false)]
    [TestCase("one: ", ':', false)]
    [TestCase("one; ", ';', false)]
    [TestCase("one – ", ';', false)]
    [TestCase("one — ", ';', false)]
    [TestCase("one - ", null, false)]
    [TestCase("one", null, false)]
    [TestCase("one\n\n", null, true)]
    [TestCase("one\n", null, false)]
    [TestCase("", null, false)]
    [TestCase("یک، ", ',', false)]
    [TestCase("واحد؟ ", '?', true)]
    [TestCase("एक। ", null, true)]
    [TestCase("一。", null, true)]
    [TestCase("一，", ',', false)]
    [TestCase("uno ¿", null, false)]
    public void From_TheText_IsPipersMark(string clause, char? mark, bool endsSentence) =>
        Assert.That(ClauseEnding.From(clause), Is.EqualTo(new ClauseEnding(mark, endsSentence, false)));

    [TestCase("one... ")]
    [TestCase("one..")]
    [TestCase("one… ")]
    [TestCase("one...?")]
    [TestCase("one…\" ")]
    public void From_DotsThatTrailOff_IsNoMark(string clause) => Assert.That(ClauseEnding.From(clause), Is.EqualTo(new ClauseEnding(null, false, true)));

    // The codes are those of espeak-ng's translate.h.
    [TestCase(0x80028, "one. ", '.', true, false)]
    [TestCase(0x480028, "one. ", '.', true, false)]
    [TestCase(0x82028, "one? ", '?', true, false)]
    [TestCase(0x8302D, "one! ", '!', true, false)]
    [TestCase(0x41014, "one, ", ',', false, false)]
    [TestCase(0x4001E, "one: ", ':', false, false)]
    [TestCase(0x4101E, "one; ", ';', false, false)]
    [TestCase(0x24901E, "one... ", null, false, true)]
    [TestCase(0x80046, "one\n\n", null, true, false)]
    [TestCase(0x90028, "one", null, false, false)]
    [TestCase(0x04000, "one", null, false, false)]
    public void From_TheCode_IsPipersMark(int code, string clause, char? mark, bool endsSentence, bool isEllipsis) =>
        Assert.That(ClauseEnding.From(code, clause), Is.EqualTo(new ClauseEnding(mark, endsSentence, isEllipsis)));
}
