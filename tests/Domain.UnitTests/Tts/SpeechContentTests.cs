using Dictation.Domain.Tts;

namespace Dictation.Domain.UnitTests.Tts;

public sealed class SpeechContentTests
{
    private static readonly SpeechContent Content = new("Hyvää huomenta", "fi", "voice", "hash", 1.0);

    // md5sum of the UTF-8 bytes.
    [TestCase("Hyvää huomenta! Tuletko mukaan?", "672a6253246283fd5ddd82827e1e1563")]
    [TestCase("a", "0cc175b9c0f1b6a831c399e269772661")]
    public void TextHash_IsMd5OfUtf8(string text, string expected) =>
        Assert.That((Content with { Text = text }).TextHash(), Is.EqualTo(expected));

    [Test]
    public void Key_SameContent_IsTheSame() => Assert.That((Content with { }).Key(), Is.EqualTo(Content.Key()).And.Length.EqualTo(64));

    [Test]
    public void Key_AnyFieldChanged_Differs()
    {
        string[] keys =
        [
            Content.Key(),
            (Content with { Text = "Hyvää huomenta " }).Key(),
            (Content with { Language = "sv" }).Key(),
            (Content with { Voice = "voice2" }).Key(),
            (Content with { VoiceModelHash = "hash2" }).Key(),
            (Content with { SpeakingRate = 1.1 }).Key(),

            // Moving a character over a field's border must not read the same.
            (Content with { Language = "f", Voice = "ivoice" }).Key(),
        ];
        Assert.That(keys, Is.Unique);
    }
}
