using Dictation.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Dictation.WebApi.FunctionalTests.Client;

/// <summary>An application that has the SDK registered, as its documentation says.</summary>
internal sealed class ClientServices : IDisposable
{
    private readonly ServiceProvider provider;

    /// <param name="handler">Ends every call; disposed by who made it.</param>
    public ClientServices(HttpMessageHandler handler, Action<DictationClientOptions> configure)
    {
        var services = new ServiceCollection();
        services.AddDictationClient(configure).ConfigurePrimaryHttpMessageHandler(() => handler);
        provider = services.BuildServiceProvider();
        Client = provider.GetRequiredService<IDictationClient>();
    }

    public IDictationClient Client { get; }

    public void Dispose() => provider.Dispose();
}
