using Dictation.Infrastructure;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices.Installation;
using Dictation.Infrastructure.Tts.Voices.Installation.Hub;
using Dictation.Speech;
using Dictation.WebApi.Configuration;

namespace Dictation.WebApi.Commands;

/// <summary>The parts of the command <c>voices</c>, made from the settings of the service.</summary>
internal sealed record VoiceServices(VoiceListing Listing, VoiceSource Source, VoiceInstaller Installer)
{
    /// <param name="http">Makes the downloads.</param>
    /// <param name="directory">Where voices are; null for where the settings say.</param>
    /// <exception cref="VoiceException">A setting cannot be used.</exception>
    public static VoiceServices Create(HttpClient http, string? directory)
    {
        // As the service reads them, without its command line, which has another meaning here.
        using var configuration = new ConfigurationManager();
        configuration.AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true);
        configuration.AddDictation([], Directory.GetCurrentDirectory());
        var options = configuration.GetSection(TtsOptions.Section).Get<TtsOptions>() ?? new TtsOptions();
        var hub = HubSettings.Read(name => configuration[name]);
        var connection = new HubConnection(http, TimeProvider.System, hub, Mirror(options));
        var listing = VoiceListing.ReadShipped();
        return new VoiceServices(
            listing,
            new VoiceSource(listing, new HubClient(connection), hub.CacheDirectory),
            new VoiceInstaller(directory ?? (options.VoicesDirectory.Length > 0 ? options.VoicesDirectory : options.DefaultVoicesDirectory), connection, KnownVoiceFamilies.Create(options)));
    }

    private static Uri? Mirror(TtsOptions options) => options.VoicesMirror.Length == 0 ? null
        : Uri.TryCreate(options.VoicesMirror, UriKind.Absolute, out var mirror) && mirror.Scheme is "http" or "https" ? mirror
        : throw new VoiceException("Tts:VoicesMirror (VOICES_MIRROR) must be an http or https address.");
}
