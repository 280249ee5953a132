using System.Collections.Concurrent;
using System.Threading.Channels;
using Dictation.Application.Abstractions;

namespace Dictation.Application.UnitTests.Support;

/// <summary>An engine that says what the test tells it to say.</summary>
internal sealed class FakeEngine : ITtsEngine
{
    private readonly Channel<TtsEvent> events = Channel.CreateUnbounded<TtsEvent>();

    public TtsEngineStatus Status
    {
        get
        {
            Looked();
            return field;
        }

        set;
    } = new(TtsEngineState.Running, "cpu", 1, 0, 16);

    /// <summary>Called whenever somebody asks for the status.</summary>
    public Action Looked { get; set; } = () => { };

    public ConcurrentQueue<TtsJob> Submitted { get; } = [];

    public ConcurrentQueue<string> Cancelled { get; } = [];

    public Action<TtsJob> Submitting { get; set; } = _ => { };

    public void Say(params TtsEvent[] said)
    {
        foreach (var e in said)
        {
            events.Writer.TryWrite(e);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        events.Writer.TryComplete();
        return Task.CompletedTask;
    }

    public void Submit(TtsJob job)
    {
        Submitting(job);
        Submitted.Enqueue(job);
    }

    public void Cancel(string conversionId) => Cancelled.Enqueue(conversionId);

    public TtsEventSubscription Subscribe(int? capacity = null) => new(events.Reader, () => events.Writer.TryComplete());
}
