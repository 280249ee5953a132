using Dictation.Application.Abstractions;
using Dictation.Infrastructure.Persistence;
using Dictation.Infrastructure.Tts.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Dictation.Infrastructure;

/// <summary>
/// Begins, on other threads, what takes longest at the start: the default voice is read and EF Core's model is built while the other services start.
/// Those wait for what is not ready when they need it, and report what failed.
/// </summary>
internal sealed class StartupPreparation(IServiceProvider services) : IHostedService, IAsyncDisposable
{
    private Task _work = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _work = Task.WhenAll(Task.Run(LoadVoiceAsync, CancellationToken.None), Task.Run(BuildModel, CancellationToken.None));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Returns when the work has ended: it must not outlive the services.</summary>
    public async ValueTask DisposeAsync() => await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private Task LoadVoiceAsync() => services.GetRequiredService<ISpeechSynthesizer>().Prepare(services.GetRequiredService<IVoiceCatalog>().DefaultVoice.Name);

    private void BuildModel()
    {
        using var scope = services.CreateScope();
        _ = scope.ServiceProvider.GetRequiredService<DictationDbContext>().Model;
    }
}
