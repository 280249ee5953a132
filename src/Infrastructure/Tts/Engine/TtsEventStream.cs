using System.Collections.Immutable;
using System.Threading.Channels;
using Dictation.Application.Abstractions;

namespace Dictation.Infrastructure.Tts.Engine;

/// <summary>The engine's events and their observers. Thread-safe; a slow reader never slows the engine.</summary>
internal sealed class TtsEventStream
{
    private ImmutableArray<ChannelWriter<TtsEvent>> _observers = [];

    /// <inheritdoc cref="ITtsEngine.Subscribe"/>
    public TtsEventSubscription Subscribe(int? capacity)
    {
        var channel = capacity is { } bound
            ? Channel.CreateBounded<TtsEvent>(new BoundedChannelOptions(bound) { FullMode = BoundedChannelFullMode.DropOldest })
            : Channel.CreateUnbounded<TtsEvent>();
        ImmutableInterlocked.Update(ref _observers, o => o.Add(channel.Writer));
        return new TtsEventSubscription(channel.Reader, () =>
        {
            ImmutableInterlocked.Update(ref _observers, o => o.Remove(channel.Writer));
            channel.Writer.TryComplete();
        });
    }

    public void Publish(TtsEvent e)
    {
        foreach (var observer in _observers)
        {
            observer.TryWrite(e);
        }
    }

    /// <summary>Ends the stream of everybody who reads it now.</summary>
    public void Complete()
    {
        foreach (var observer in ImmutableInterlocked.InterlockedExchange(ref _observers, []))
        {
            observer.TryComplete();
        }
    }
}
