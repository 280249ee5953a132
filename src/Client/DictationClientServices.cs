using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dictation.Client;

/// <summary>Makes clients of the service.</summary>
public static class DictationClientServices
{
    /// <summary>Registers <see cref="IDictationClient"/>, with connections from the HttpClientFactory and with retries.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets at least <see cref="DictationClientOptions.BaseAddress"/>.</param>
    /// <returns>For what else the connections need, such as a proxy or a certificate.</returns>
    public static IHttpClientBuilder AddDictationClient(this IServiceCollection services, Action<DictationClientOptions> configure)
    {
        services.AddOptions<DictationClientOptions>().Configure(configure);
        return services
            .AddHttpClient<IDictationClient, DictationClient>((provider, http) => Options(provider).Configure(http))
            .AddHttpMessageHandler(provider => new RetryHandler(Options(provider), provider.GetService<TimeProvider>() ?? TimeProvider.System));
    }

    /// <summary>Makes a client for programs without dependency injection. Make one and keep it: it is safe to use from many threads.</summary>
    /// <param name="options">At least <see cref="DictationClientOptions.BaseAddress"/> is set.</param>
    /// <exception cref="ArgumentException">Something is missing or out of range.</exception>
    public static IDictationClient CreateDictationClient(DictationClientOptions options)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        var http = new HttpClient(new RetryHandler(options.Checked(), TimeProvider.System) { InnerHandler = handler });
        options.Configure(http);
        return new DictationClient(http);
    }

    private static DictationClientOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<DictationClientOptions>>().Value.Checked();
}
