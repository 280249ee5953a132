using Dictation.Infrastructure.Tts.Vits;
using Dictation.Speech;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>
/// The voices in memory. Each is loaded on first use, and no load waits for another. When all together need more than the budget, the one that was
/// not used the longest is unloaded, never one that speaks. Thread-safe.
/// </summary>
public sealed partial class LoadedVoices(OnnxDevices devices, TtsOptions options, TimeProvider clock, ILogger<LoadedVoices> logger) : IDisposable
{
    /// <summary>Memory of a loaded model, as a multiple of its file: its weights, those rearranged for the processor, and room to compute.</summary>
    private const double MemoryOfFile = 2;

    private readonly VitsGraphStore _graphs = new(options.DefaultVoicesDirectory, logger);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Begins to load a voice, unless it is loaded.</summary>
    /// <returns>Ends with the load. Never fails: the next user of the voice gets the exception.</returns>
    public Task Prepare(InstalledVoice voice) => Find(voice, use: false).Model.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Keeps a voice in memory until the lease is disposed of; waits while it is loaded.</summary>
    /// <exception cref="VoiceException">It cannot be loaded.</exception>
    public Lease Use(InstalledVoice voice)
    {
        var entry = Find(voice, use: true);
        try
        {
            return new Lease(this, entry, entry.Model.GetAwaiter().GetResult());
        }
        catch
        {
            Release(entry);
            throw;
        }
    }

    public void Dispose()
    {
        Thread[] loading;
        lock (_gate)
        {
            loading = [.. _entries.Values.Select(e => e.Loader)];
        }

        // ONNX Runtime crashes the process when its library is unloaded while it reads a model.
        foreach (var loader in loading)
        {
            loader.Join();
        }

        lock (_gate)
        {
            // Freed under a call that hangs, a model would take the process down with it; it is left to the process's end.
            foreach (var entry in _entries.Values.Where(e => e.Users == 0))
            {
                entry.Loaded?.Dispose();
            }

            _entries.Clear();
        }
    }

    private Entry Find(InstalledVoice voice, bool use)
    {
        Entry entry;
        List<Entry> gone = [];
        lock (_gate)
        {
            if (!_entries.TryGetValue(voice.ModelKey, out var found))
            {
                var toLoad = new TaskCompletionSource<IVoiceModel>(TaskCreationOptions.RunContinuationsAsynchronously);
                found = new Entry(voice.ModelKey, voice.Voice.Name, MemoryOf(voice), toLoad.Task);
                var (newEntry, source) = (found, toLoad);
                found.Loader = new Thread(() => Load(voice, newEntry, source)) { IsBackground = true, Name = "tts-voice-loader" };
                found.Loader.Start();
                _entries.Add(voice.ModelKey, found);
                gone = LetGo(found);
            }

            entry = found;
            entry.LastUsed = clock.GetTimestamp();
            entry.Users += use ? 1 : 0;
        }

        Dispose(gone);
        return entry;
    }

    private void Load(InstalledVoice voice, Entry entry, TaskCompletionSource<IVoiceModel> loaded)
    {
        try
        {
            var model = voice.Load(new VoiceLoading(devices.For(voice.Voice.Name), _graphs, logger));
            LogLoaded(voice.Voice.Name, model.Device, voice.Voice.ModelHash);
            lock (_gate)
            {
                entry.Loaded = model;
            }

            loaded.SetResult(model);
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                // The next call tries again: the file may have been replaced.
                _entries.Remove(entry.Key);
            }

            loaded.SetException(exception);
        }
    }

    private void Release(Entry entry)
    {
        List<Entry> gone;
        lock (_gate)
        {
            entry.Users--;
            gone = LetGo(except: null);
        }

        Dispose(gone);
    }

    private List<Entry> LetGo(Entry? except)
    {
        var gone = new List<Entry>();
        var total = _entries.Values.Sum(e => e.Bytes);
        foreach (var entry in _entries.Values.Where(e => e != except && e is { Users: 0, Loaded: not null }).OrderBy(e => e.LastUsed).ToList())
        {
            if (total <= options.VoiceMemoryBytes)
            {
                break;
            }

            _entries.Remove(entry.Key);
            total -= entry.Bytes;
            gone.Add(entry);
        }

        return gone;
    }

    private void Dispose(List<Entry> gone)
    {
        foreach (var entry in gone)
        {
            entry.Loaded!.Dispose();
            LogLetGo(entry.Name, options.VoiceMemoryMegabytes);
        }
    }

    private static long MemoryOf(InstalledVoice voice) => (long)(voice.ModelBytes * MemoryOfFile);

    [LoggerMessage(Level = LogLevel.Information, Message = "Loaded the voice {Voice} on {Device}, model {ModelHash}")]
    private partial void LogLoaded(string voice, string device, string modelHash);

    [LoggerMessage(Level = LogLevel.Information, Message = "Let go of the voice {Voice}, which was not used the longest: voices may need {Megabytes} MB in all")]
    private partial void LogLetGo(string voice, int megabytes);

    /// <summary>A voice in use.</summary>
    public sealed class Lease : IDisposable
    {
        private readonly LoadedVoices _voices;
        private readonly Entry _entry;

        internal Lease(LoadedVoices voices, Entry entry, IVoiceModel model) => (_voices, _entry, Model) = (voices, entry, model);

        public IVoiceModel Model { get; }

        public void Dispose() => _voices.Release(_entry);
    }

    internal sealed class Entry(string key, string name, long bytes, Task<IVoiceModel> model)
    {
        public string Key { get; } = key;

        public string Name { get; } = name;

        public long Bytes { get; } = bytes;

        public Task<IVoiceModel> Model { get; } = model;

        /// <summary>The thread that loads it, started before the entry can be found.</summary>
        public Thread Loader { get; set; } = null!;

        /// <summary>Null while it is being loaded.</summary>
        public IVoiceModel? Loaded { get; set; }

        public int Users { get; set; }

        public long LastUsed { get; set; }
    }
}
