using System.Threading.Channels;

namespace Dictation.Application.Tts;

/// <summary>Tells the dispatcher that there is a task to claim or room for one. Signals that come while it is busy are remembered as one.</summary>
public sealed class DispatchSignal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Returns when signalled, or after <paramref name="atMost"/> by the given clock.</summary>
    public Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken) =>
        _channel.Reader.ReadWithinAsync(atMost, clock, cancellationToken);
}
