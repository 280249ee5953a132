using Dictation.Infrastructure.Tts.Voices.Installation;
using Dictation.Infrastructure.Tts.Voices.Installation.Hub;
using Dictation.Speech;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices.Hub;

/// <summary>The hub's variables, and the names of licences.</summary>
public sealed class HubSettingsTests
{
    private TemporaryDirectory _home = null!;

    [SetUp]
    public void SetUp() => _home = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _home.Dispose();

    [Test]
    public void Read_WithoutVariables_AsksTheHubItself()
    {
        var settings = Read(("HF_HOME", _home.Path));

        Assert.That(settings, Is.EqualTo(new HubSettings(HubSettings.Public, null, Path.Combine(_home.Path, "hub"))));
    }

    [Test]
    public void Read_OfATokenFile_TakesItUnlessATokenIsSet()
    {
        File.WriteAllText(Path.Combine(_home.Path, "token"), "hf_file\n");
        File.WriteAllText(Path.Combine(_home.Path, "other"), "hf_other");

        Assert.That(Read(("HF_HOME", _home.Path)).Token, Is.EqualTo("hf_file"));
        Assert.That(Read(("HF_HOME", _home.Path), ("HF_TOKEN_PATH", Path.Combine(_home.Path, "other"))).Token, Is.EqualTo("hf_other"));
        Assert.That(Read(("HF_HOME", _home.Path), ("HF_TOKEN", " hf_set\n")).Token, Is.EqualTo("hf_set"));
        Assert.That(() => Read(("HF_TOKEN", "hf a\nb")), Throws.TypeOf<VoiceException>().With.Message.Contains("HF_TOKEN"));
    }

    [TestCase("https://mirror.example/hf", "https://mirror.example/hf/")]
    [TestCase("http://127.0.0.1:8080/", "http://127.0.0.1:8080/")]
    public void Read_OfAnEndpoint_EndsInASlash(string endpoint, string expected) => Assert.That(Read(("HF_HOME", _home.Path), ("HF_ENDPOINT", endpoint)).Endpoint.AbsoluteUri, Is.EqualTo(expected));

    [TestCase("mirror.example")]
    [TestCase("file:///etc/passwd")]
    public void Read_OfAnEndpointThatIsNone_SaysSo(string endpoint) =>
        Assert.That(() => Read(("HF_ENDPOINT", endpoint)), Throws.TypeOf<VoiceException>().With.Message.Contains("HF_ENDPOINT"));

    [Test]
    public void Read_OfTheCachesPlaces_PrefersTheNearest()
    {
        Assert.That(Read(("XDG_CACHE_HOME", "/x")).CacheDirectory, Is.EqualTo(Path.Combine("/x", "huggingface", "hub")));
        Assert.That(Read(("HF_HOME", _home.Path), ("HF_HUB_CACHE", "/c")).CacheDirectory, Is.EqualTo("/c"));
        Assert.That(Read(("HF_HOME", "~/hf")).CacheDirectory, Does.StartWith(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)));
    }

    [TestCase("CC0", "cc0-1.0", true)]
    [TestCase("CC BY 4.0", "cc-by-4.0", true)]
    [TestCase("https://creativecommons.org/licenses/by-nc-sa/4.0/", "cc-by-nc-sa-4.0", false)]
    [TestCase("Public Domain", "public-domain", true)]
    [TestCase("Apache-2.0", "apache-2.0", true)]
    [TestCase("LGPL-2.1-or-later", "lgpl-2.1-or-later", true)]
    [TestCase("gpl-3.0", "gpl-3.0", true)]
    [TestCase("bsd-3-clause", "bsd-3-clause", true)]
    [TestCase("cc-by-nc-4.0", "cc-by-nc-4.0", false)]
    [TestCase("cc-by-nd-4.0", "cc-by-nd-4.0", false)]
    [TestCase("mit and cc-by-nc-4.0", "mit-and-cc-by-nc-4.0", false)]
    [TestCase("coqui-public-model-license", "coqui-public-model-license", false)]
    [TestCase("See URL", "see-url", false)]
    [TestCase("unknown", "unknown", false)]
    [TestCase("", "unknown", false)]
    [TestCase(null, "unknown", false)]
    public void Licence_AsItIsStated_HasOneName(string? text, string name, bool isFree)
    {
        var licence = Licence.From(text);

        Assert.That((licence.Name, licence.IsFree), Is.EqualTo((name, isFree)));
        Assert.That(licence.IsAcceptedBy([name.ToUpperInvariant()]), Is.True);
        Assert.That(licence.IsAcceptedBy(["other"]), Is.False);
    }

    private static HubSettings Read(params (string Name, string Value)[] variables) => HubSettings.Read(name => variables.FirstOrDefault(v => v.Name == name).Value);
}
