using Dictation.Speech.Tokenization;

namespace Dictation.Speech.UnitTests.Tokenization;

public class PhonemizerTextTests
{
    [TestCase("plain text, U.S.A. and www.a.b.co.uk.", "plain text, U.S.A. and www.a.b.co.uk.")]
    [TestCase("a\u0001b\u0085c\uE000d\ne", "a b c d\ne")]
    [TestCase("\u0631\u0650\u0651\u0633", "\u0631\u0651\u0650\u0633")]
    [TestCase("\u05E9\u05C1\u05B8\u05DC", "\u05E9\u05DC")]
    public void From_AnyText_IsAsEspeakReadsItBest(string text, string expected) => Assert.That(PhonemizerText.From(text).Text, Is.EqualTo(expected));

    /// <summary>espeak-ng 1.51 takes the process down on such words.</summary>
    [TestCase("A.", 400)]
    [TestCase("e.g.", 200)]
    [TestCase("я", 400)]
    [TestCase("U.S.A.-", 100)]
    [TestCase("e\u0301/", 100)]
    [TestCase("$", 400)]
    public void From_VeryLongWords_PartsThem(string part, int count)
    {
        var source = string.Concat(Enumerable.Repeat(part, count));

        var text = PhonemizerText.From(source);

        Assert.Multiple(() =>
        {
            Assert.That(text.Text.Split(' ').Max(w => System.Text.Encoding.UTF8.GetByteCount(w)), Is.LessThanOrEqualTo(150));
            Assert.That(text.Text.Replace(" ", "", StringComparison.Ordinal), Is.EqualTo(source));
            Assert.That(text.Offsets, Is.Ordered);
            Assert.That(text.Offsets, Has.Count.EqualTo(text.Text.Length));
        });
    }

    [TestCase("漢", 400)]
    [TestCase("กา", 100)]
    public void From_ScriptsWithoutSpaces_AreLeftWhole(string part, int count)
    {
        var source = string.Concat(Enumerable.Repeat(part, count));

        Assert.That(PhonemizerText.From(source).Text, Is.EqualTo(source));
    }
}
