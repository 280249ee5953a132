using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Infrastructure.Tts.Voices.Installation;
using Dictation.Infrastructure.Tts.Voices.Installation.Hub;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices.Hub;

/// <summary>A hub on this machine, with a voice as Hugging Face publishes it, and a directory to install into.</summary>
internal sealed class HubTestBed : IDisposable
{
    public const string Mms = "facebook/mms-tts-fin";

    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http = HubConnection.CreateClient();

    public HubTestBed(string? token = null)
    {
        var settings = new HubSettings(Server.Endpoint, token, Path.Combine(_directory.Path, "cache"));
        var connection = new HubConnection(_http, Clock, settings);
        Cache = settings.CacheDirectory;
        Source = new VoiceSource(VoiceListing.ReadShipped(), new HubClient(connection), settings.CacheDirectory);
        Installer = new VoiceInstaller(Voices, connection, KnownVoiceFamilies.Create(new TtsOptions()));
        Repository = Server.Add(Mms, Fixture("mms/models/tiny"));
        Repository.Set("README.md", "---\nlicense: cc-by-nc-4.0\n---\n# MMS\n");
        Repository.Set("pytorch_model.bin", "not for this service");
        Repository.Set(".gitattributes", "*.bin filter=lfs");
    }

    public HubServer Server { get; } = new();

    public HastyClock Clock { get; } = new();

    public VoiceSource Source { get; }

    public VoiceInstaller Installer { get; }

    /// <summary>Of <see cref="Mms"/>.</summary>
    public HubServerRepository Repository { get; set; }

    public string Cache { get; }

    public string Voices => Path.Combine(_directory.Path, "voices");

    public string Elsewhere => _directory.Path;

    public static string Fixture(string name) => Shared.Repository.File($"tests/Fixtures/{name}");

    public async Task<(IReadOnlyList<string> Pinned, string? Problem)> InstallAsync(string text, string? id = null) =>
        await Installer.InstallAsync(await Source.FindAsync(text, id, default), (_, _, _) => { }, default);

    public string Installed(string file) => Path.Combine(Voices, file);

    public IEnumerable<string> FilesOf(string id) =>
        Directory.EnumerateFiles(Installed(id), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Installed(id), f).Replace('\\', '/')).Order(StringComparer.Ordinal);

    public InstalledVoice Read(string id) => InstalledVoice.Read(Installed(id));

    /// <summary>Whether anything large was asked for.</summary>
    public bool AskedForNetwork => Server.Requests.Any(r => r.Host == "content" || HubServerRepository.IsLarge(r.Path));

    public void Dispose()
    {
        Server.Dispose();
        _http.Dispose();
        _directory.Dispose();
    }
}
