using System.Diagnostics.Metrics;

namespace Dictation.Shared;

/// <summary>Meters of one test, so that it hears no other's; and what their instruments said since it was made.</summary>
internal sealed class TestMeters : IMeterFactory
{
    private readonly Lock gate = new();
    private readonly List<Meter> meters = [];
    private readonly List<Measured> measured = [];
    private readonly MeterListener listener = new();

    public TestMeters()
    {
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Scope == this)
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Add(i, value, tags));
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Add(i, value, tags));
        listener.Start();
    }

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(options.Name, options.Version, options.Tags, scope: this);
        lock (gate)
        {
            meters.Add(meter);
        }

        return meter;
    }

    /// <summary>What an instrument said, an observable one when it is asked now: its values, each after its tags as <c>name=value</c>.</summary>
    public IReadOnlyList<Measured> Of(string instrument)
    {
        lock (gate)
        {
            listener.RecordObservableInstruments();
            return measured.Where(m => m.Instrument == instrument).ToList();
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        meters.ForEach(m => m.Dispose());
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = string.Join(", ", tags.ToArray().OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key}={t.Value}"));
        lock (gate)
        {
            measured.Add(new Measured(instrument.Name, instrument.Unit, text, value));
        }
    }
}

internal sealed record Measured(string Instrument, string? Unit, string Tags, double Value);
