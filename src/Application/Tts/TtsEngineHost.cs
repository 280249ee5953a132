using Dictation.Application.Abstractions;
using Microsoft.Extensions.Hosting;

namespace Dictation.Application.Tts;

/// <summary>Starts the engine with the host, after its monitor and before its dispatcher, and stops it between the two.</summary>
public sealed class TtsEngineHost(ITtsEngine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}
