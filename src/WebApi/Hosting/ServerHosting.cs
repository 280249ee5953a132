using System.Reflection;
using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.WebApi.Audio;
using Dictation.WebApi.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dictation.WebApi.Hosting;

/// <summary>The process around the use cases: where it listens, how slow a client may be, how it logs, and who starts and stops it.</summary>
internal static class ServerHosting
{
    /// <exception cref="StartupException">A setting is wrong; the message names it.</exception>
    public static void AddServer(this WebApplicationBuilder builder, ServerOptions server, LimitsOptions limits)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(o =>
        {
            o.SingleLine = true;
            o.TimestampFormat = "yyyy-MM-dd HH:mm:ss.fff ";
        });
        builder.WebHost.ConfigureKestrel(o =>
        {
            o.AddServerHeader = false;
            o.Limits.MaxRequestBodySize = server.MaxBodyBytes;
            o.Limits.MaxConcurrentConnections = limits.Connections;
            o.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(limits.HeaderSeconds);
            o.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(limits.IdleSeconds);
            o.Limits.MinRequestBodyDataRate = o.Limits.MinResponseDataRate = new MinDataRate(limits.BytesPerSecond, TimeSpan.FromSeconds(limits.GraceSeconds));
        });
        builder.WebHost.UseUrls(new UriBuilder(Uri.UriSchemeHttp, server.Host, server.Port).ToString());
        builder.Services.AddOptions<ServerOptions>().BindConfiguration(ServerOptions.Section);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(server.ShutdownSeconds));
        builder.Services.AddSingleton<IAudioLinks, AudioLinks>();
        builder.Services.AddSystemd();
        builder.Services.AddWindowsService();
        builder.Services.AddSingleton(new ServiceIdentity("dictation", Version()));
        builder.Services.AddSingleton(new ServiceEnvironment(DictationConfiguration.Provider(builder.Configuration).Name.ToLowerInvariant(), server.MaxBodyBytes));
    }

    private static string Version() =>
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
