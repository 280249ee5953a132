using Dictation.Speech.Normalization.English;
using Dictation.Speech.Sentences;

namespace Dictation.Speech.UnitTests.Sentences;

[TestFixture]
public sealed class SentenceSplitterTests
{
    [TestCase("She met Dr. Park. He waved.", ExpectedResult = "She met Dr. Park.|He waved.")]
    [TestCase("We flew to the U.S. Then we slept.", ExpectedResult = "We flew to the U.S.|Then we slept.")]
    [TestCase("The U.S. Senate met.", ExpectedResult = "The U.S. Senate met.")]
    [TestCase("It opens at 6 a.m. We wait.", ExpectedResult = "It opens at 6 a.m.|We wait.")]
    [TestCase("It opens at 6 a.m. on Mondays.", ExpectedResult = "It opens at 6 a.m. on Mondays.")]
    [TestCase("See p. 12. Then stop.", ExpectedResult = "See p. 12.|Then stop.")]
    [TestCase("Is it no. 5? No. Five is less.", ExpectedResult = "Is it no. 5?|No.|Five is less.")]
    [TestCase("That was you and I. Was it?", ExpectedResult = "That was you and I.|Was it?")]
    [TestCase("Ask Paul K. Jones.", ExpectedResult = "Ask Paul K. Jones.")]
    [TestCase("It costs 5.50. Buy it.", ExpectedResult = "It costs 5.50.|Buy it.")]
    [TestCase("Read a.b@example.com. Then reply.", ExpectedResult = "Read a.b@example.com.|Then reply.")]
    public string Ends_FullStop_BelongsToWhatStandsBesideIt(string text) => Split(text);

    [TestCase("1. Wash it 2. Dry it 3. Fold it", ExpectedResult = "1. Wash it|2. Dry it|3. Fold it")]
    [TestCase("1.) Wash it. 2.) Dry it.", ExpectedResult = "1.) Wash it.|2.) Dry it.")]
    [TestCase("a) wash it b) dry it", ExpectedResult = "a) wash it|b) dry it")]
    [TestCase("Steps: i) no ii) yes", ExpectedResult = "Steps: i) no ii) yes")]
    [TestCase("• Wash it • Dry it", ExpectedResult = "• Wash it|• Dry it")]
    [TestCase("We need (a) soap and (b) water.", ExpectedResult = "We need (a) soap and (b) water.")]
    [TestCase("Rule 1. above holds, 2. below does not.", ExpectedResult = "Rule 1. above holds, 2. below does not.")]
    public string Ends_ListInOneLine_PartsItsItems(string text) => Split(text);

    [TestCase("It rained.We left.", ExpectedResult = "It rained.|We left.")]
    [TestCase("Use System.Text here.", ExpectedResult = "Use System.Text here.")]
    [TestCase("See www.shop.Example.com now.", ExpectedResult = "See www.shop.Example.com now.")]
    [TestCase("He was a saint.[1] The king agreed.", ExpectedResult = "He was a saint.[1]|The king agreed.")]
    [TestCase("It is well known.12 13 The rest is not.", ExpectedResult = "It is well known.12 13|The rest is not.")]
    public string Ends_NoSpace_IsFoundWhereASentenceBegins(string text) => Split(text);

    [TestCase("Well . . . I see.", ExpectedResult = "Well . . . I see.")]
    [TestCase("That is all . . . . Next one.", ExpectedResult = "That is all . . . .|Next one.")]
    [TestCase("They saw [...] Rome.", ExpectedResult = "They saw [...] Rome.")]
    [TestCase("Bake it -- done! -- and eat.", ExpectedResult = "Bake it -- done! -- and eat.")]
    public string Ends_MarksInsideASentence_EndNothing(string text) => Split(text);

    [Test]
    public void Ends_LongRuns_TakeLinearTime([Values("1) ", "a. ", ". ", ".A", "x.Y ", "[1]", "• ")] string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length));

        Assert.That(() => SentenceSplitter.Ends(text, EnglishSentences.Rules), Throws.Nothing);
    }

    private static string Split(string text)
    {
        var start = 0;
        var sentences = new List<string>();
        foreach (var end in SentenceSplitter.Ends(text, EnglishSentences.Rules))
        {
            sentences.Add(text[start..end].Trim());
            start = end;
        }

        return string.Join('|', sentences);
    }
}
