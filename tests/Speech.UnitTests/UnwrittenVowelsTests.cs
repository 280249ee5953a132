namespace Dictation.Speech.UnitTests;

public sealed class UnwrittenVowelsTests
{
    [TestCase("السلام عليكم", "ar", true)]
    [TestCase("السَّلَامُ عَلَيْكُمْ", "ar", false)]
    [TestCase("שלום עולם", "he", true)]
    [TestCase("שָׁלוֹם", "he", false)]
    [TestCase("سلام دنیا", "fa", true)]
    [TestCase("Hello 12", "ar", false, Description = "nothing of its script")]
    [TestCase("שלום", "fi", false)]
    public void In_AText_IsWhetherItsWordsAreGuessed(string text, string language, bool expected) =>
        Assert.That(UnwrittenVowels.In(text, language), Is.EqualTo(expected));
}
