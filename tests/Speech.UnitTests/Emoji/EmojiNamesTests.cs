using Dictation.Speech.Emoji;
using Dictation.Speech.Markup;

namespace Dictation.Speech.UnitTests.Emoji;

public sealed class EmojiNamesTests
{
    [TestCase("Hyvä 👍", "Hyvä, peukalo ylös")]
    [TestCase("👍 Hyvä", "peukalo ylös, Hyvä")]
    [TestCase("Hyvä 👍🏽 juttu.", "Hyvä, peukalo ylös, juttu.", Description = "A skin tone is not named.")]
    [TestCase("Hyvä.👍", "Hyvä. peukalo ylös")]
    [TestCase("Hyvä. 👍!", "Hyvä. peukalo ylös!")]
    [TestCase("❤️❤", "punainen sydän, punainen sydän", Description = "With a selector or without.")]
    [TestCase("Maa: 🇫🇮", "Maa: lippu: Suomi")]
    [TestCase("❤️‍🔥", "palava sydän", Description = "A joined sequence is one.")]
    [TestCase("1️⃣ 1 # 3", "näppäin: 1, 1 # 3", Description = "Digits and signs are no emoji alone.")]
    [TestCase("© ©️", "©, tekijänoikeusmerkki")]
    [TestCase("a\n👍\nb", "a\npeukalo ylös\nb")]
    [TestCase("Ei mitään", "Ei mitään")]
    public void Apply_InFinnish_SetsNamesOffByCommas(string text, string expected)
    {
        var part = Applied("fi", text);
        Assert.That(part.Text, Is.EqualTo(expected));
        Assert.That(part.Offsets, Has.Count.EqualTo(expected.Length).And.Ordered);
    }

    [Test]
    public void Apply_Offsets_PointToTheEmoji()
    {
        var part = Applied("en", "a 👍🏽 b");
        Assert.That(part.Text, Is.EqualTo("a, thumbs up, b"));
        Assert.That(part.Offsets, Is.EqualTo((int[])[0, .. Enumerable.Repeat(2, ", thumbs up".Length), 6, 6, 7]));
    }

    [Test]
    public void For_OtherLanguages_IsNull() => Assert.That((EmojiNames.For("de"), EmojiNames.For("en")), Is.EqualTo(((EmojiNames?)null, EmojiNames.For("en"))));

    [Test]
    public void Apply_RandomPieces_KeepsOffsetsInOrder()
    {
        string[] pieces = ["👍", "🏽", "\u200D", "❤", "\uFE0F", " ", "a", ".", "\n", "1", "\u20E3", "🇫", "🇮", "\uD83D"];
        var random = new Random(3);
        for (var i = 0; i < 1000; i++)
        {
            var part = Applied("fi", string.Concat(Enumerable.Range(0, random.Next(15)).Select(_ => pieces[random.Next(pieces.Length)])));
            Assert.That(part.Offsets, Has.Count.EqualTo(part.Text.Length).And.Ordered);
        }
    }

    private static ScriptPart Applied(string language, string text) =>
        EmojiNames.For(language)!.Apply(SpeechScript.Parse("x").Parts[0] with { Text = text, Offsets = [.. Enumerable.Range(0, text.Length)], Ends = [.. Enumerable.Range(1, text.Length)] });
}
