using System.Diagnostics;
using System.Diagnostics.Metrics;
using Dictation.Application.Abstractions;
using Dictation.Application.Tts;

namespace Dictation.Infrastructure.Storage;

/// <summary>The store, with how long it takes to store, open and delete a file.</summary>
public sealed class MeasuredAudioStore : IAudioStore
{
    private readonly LocalAudioStore _store;
    private readonly Histogram<double> _durations;

    public MeasuredAudioStore(LocalAudioStore store, IMeterFactory meters)
    {
        _store = store;
        _durations = meters.Create(SpeechMetrics.Name).CreateHistogram(
            "dictation.audio_store.operation.duration",
            "s",
            "How long operations of the audio store took; to store a file is to make it durable under its name.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10] });
    }

    public IAudioWriter Create(string key) => new Writer(_store.Create(key), this);

    public Task<StoredFile?> OpenAsync(string key, CancellationToken cancellationToken) => MeasureAsync("open", () => _store.OpenAsync(key, cancellationToken));

    public int ReadUnfinished(string key, long offset, Span<byte> buffer) => _store.ReadUnfinished(key, offset, buffer);

    public Task<bool> ExistsAsync(string key, CancellationToken cancellationToken) => _store.ExistsAsync(key, cancellationToken);

    public Task<long> DeleteAsync(string key, CancellationToken cancellationToken) => MeasureAsync("delete", () => _store.DeleteAsync(key, cancellationToken));

    public IAsyncEnumerable<StoredFileInfo> ListAsync(CancellationToken cancellationToken) => _store.ListAsync(cancellationToken);

    public Task<RemovedFiles> DeleteAbandonedAsync(bool dryRun, CancellationToken cancellationToken) => _store.DeleteAbandonedAsync(dryRun, cancellationToken);

    public Task CheckWritableAsync(CancellationToken cancellationToken) => _store.CheckWritableAsync(cancellationToken);

    private async Task<T> MeasureAsync<T>(string operation, Func<Task<T>> work)
    {
        var began = Stopwatch.GetTimestamp();
        var tags = new TagList { { "dictation.operation", operation } };
        try
        {
            return await work();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            tags.Add("error.type", exception.GetType().FullName);
            throw;
        }
        finally
        {
            _durations.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, tags);
        }
    }

    private sealed class Writer(IAudioWriter writer, MeasuredAudioStore store) : IAudioWriter
    {
        public Stream Stream => writer.Stream;

        public Task<long> CommitAsync(CancellationToken cancellationToken) => store.MeasureAsync("store", () => writer.CommitAsync(cancellationToken));

        public ValueTask DisposeAsync() => writer.DisposeAsync();
    }
}
