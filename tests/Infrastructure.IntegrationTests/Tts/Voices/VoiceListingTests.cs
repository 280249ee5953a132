using Dictation.Infrastructure.Tts.Voices.Installation;
using Dictation.Speech;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>The list of voices that can be installed.</summary>
public sealed class VoiceListingTests
{
    [Test]
    public void Listing_AsShipped_IsValidAndHasTheUsualLanguages()
    {
        var listing = VoiceListing.Read(VoiceListing.DefaultPath);

        Assert.Multiple(() =>
        {
            Assert.That(listing.Voices.Select(v => v.Language).Distinct(), Is.SupersetOf(new[] { "fi", "sv", "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "da", "no" }));
            Assert.That(listing.Voices.Select(v => v.Base.Scheme), Is.All.EqualTo("https"));
            Assert.That(listing.Voices.Where(v => v.Layout == "mms").Select(v => v.NonCommercial), Is.All.True);
            Assert.That(listing.Voices.Where(v => v.Layout == "piper").Select(v => v.Files.Count(f => f.Path.EndsWith(".onnx", StringComparison.Ordinal))), Is.All.EqualTo(1));
        });
    }

    [TestCase("""{"voices":[{"id":"../x","language":"fi","layout":"mms","licence":"a","base":"http://a/","files":[{"path":"a"}]}]}""", "no name of a folder")]
    [TestCase("""{"voices":[{"id":"x","language":"fi","layout":"mms","licence":"a","base":"http://a/","files":[{"path":"../a"}]}]}""", "'files'")]
    [TestCase("""{"voices":[{"id":"x","language":"fi","layout":"mms","licence":"a","base":"http://a/","files":[{"path":"a","sha256":"xyz"}]}]}""", "'files'")]
    [TestCase("""{"voices":[{"id":"x","language":"fi","layout":"mms","licence":"a","base":"file:///etc/","files":[{"path":"a"}]}]}""", "'base'")]
    [TestCase("""{"voices":[{"id":"x","language":"fi","layout":"wav","licence":"a","base":"http://a/","files":[{"path":"a"}]}]}""", "'layout'")]
    [TestCase("""{"voices":[{"id":"x","language":"fi","layout":"mms","licence":" ","base":"http://a/","files":[{"path":"a"}]}]}""", "'licence'")]
    [TestCase("""{"voices":[""", "cannot be read")]
    public void Listing_WithAFault_SaysWhich(string json, string reason)
    {
        using var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "list.json");
        File.WriteAllText(path, json);

        Assert.That(() => VoiceListing.Read(path), Throws.TypeOf<VoiceException>().With.Message.Contains(reason));
    }
}
