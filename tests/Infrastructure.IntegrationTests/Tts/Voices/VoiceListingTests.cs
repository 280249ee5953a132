using Dictation.Infrastructure.Tts.Voices.Installation;
using Dictation.Speech;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>The list of voices that can be installed.</summary>
public sealed class VoiceListingTests
{
    [Test]
    public void Listing_AsShipped_IsValidAndHasTheUsualLanguages()
    {
        var listing = VoiceListing.ReadShipped();

        Assert.Multiple(() =>
        {
            Assert.That(listing.Voices.Select(v => v.Language).Distinct(), Is.SupersetOf(new[] { "fi", "sv", "en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "da", "no" }));
            Assert.That(listing.Voices.Select(v => v.Id), Is.Unique);
            Assert.That(listing.Voices.Select(v => Licence.From(v.Licence).Name), Is.EqualTo(listing.Voices.Select(v => v.Licence)), "each is accepted by the name that is shown");
            Assert.That(listing.Voices.Where(v => v.Repository is null).Select(v => v.Base!.Scheme), Is.All.EqualTo("https"));
            Assert.That(listing.Voices.Where(v => v.Layout == "piper").Select(v => v.Files.Count(f => f.Path.EndsWith(".onnx", StringComparison.Ordinal))), Is.All.EqualTo(1));
        });
    }

    [Test]
    public void Listing_AsShipped_HasEveryLanguageOfMms()
    {
        var mms = VoiceListing.ReadShipped().Voices.Where(v => v.Layout == "mms").ToList();

        Assert.Multiple(() =>
        {
            Assert.That(mms, Has.Count.EqualTo(1143));
            Assert.That(mms.Select(v => v.Repository), Is.EqualTo(mms.Select(v => $"facebook/{v.Id}")).And.All.Match("^[a-z0-9/_-]+$"));
            Assert.That(mms.Select(v => v.Licence), Is.All.EqualTo("cc-by-nc-4.0"));
            Assert.That(mms.Select(v => v.Name), Is.All.Not.Empty);
            Assert.That(mms.Where(v => v.Speaks("fi")).Concat(mms.Where(v => v.Speaks("fin"))).Select(v => (v.Id, v.Language, v.Code, v.Name)), Is.EqualTo(Enumerable.Repeat(("mms-tts-fin", "fi", "fin", "Finnish"), 2)));
            Assert.That(mms.Where(v => v.Speaks("azj")).Select(v => v.Id), Is.EqualTo(new[] { "mms-tts-azj-script_cyrillic", "mms-tts-azj-script_latin" }));
            Assert.That(mms.Where(v => v.Code == "maa").Select(v => v.Id), Does.Contain("mms-tts-maa-dialect_sanjeronimo"), "the hub's names are ASCII");
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
