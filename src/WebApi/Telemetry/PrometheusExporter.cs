using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Dictation.WebApi.Telemetry;

/// <summary>
/// The current value of every instrument in Prometheus's text format (version 0.0.4), with names made by OpenTelemetry's rules for Prometheus: the unit and,
/// for counters, <c>total</c> at the end.
/// </summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _oneAtATime = new();
    private readonly StringBuilder _text = new();

    /// <summary>Set by the reader that this exporter is given to.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>Asks every instrument, and writes what they say.</summary>
    public string Scrape()
    {
        lock (_oneAtATime)
        {
            _text.Clear();
            Collect?.Invoke((int)Patience.TotalMilliseconds);
            return _text.ToString();
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        WriteTarget();
        foreach (var metric in batch)
        {
            Write(metric);
        }

        return ExportResult.Success;
    }

    private static string NameOf(Metric metric, bool isCounter, bool isGauge)
    {
        var name = new StringBuilder(Legal(metric.Name));
        var unit = metric.Unit switch
        {
            "s" => "seconds",
            "ms" => "milliseconds",
            "By" => "bytes",
            "1" when isGauge => "ratio",
            _ => null,
        };
        if (unit is not null && !metric.Name.EndsWith(unit, StringComparison.Ordinal))
        {
            name.Append('_').Append(unit);
        }

        return isCounter ? name.Append("_total").ToString() : name.ToString();
    }

    private static string Legal(string name)
    {
        var legal = string.Create(name.Length, name, (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(from[i]) || from[i] == ':' ? from[i] : '_';
            }
        });
        return char.IsAsciiDigit(legal[0]) ? $"_{legal}" : legal;
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    private void WriteTarget()
    {
        WriteHead("target_info", "gauge", "What is measured.");
        _text.Append("target_info");
        var before = '{';
        foreach (var (key, value) in (ParentProvider?.GetResource() ?? Resource.Empty).Attributes)
        {
            WriteLabel(ref before, key, value);
        }

        _text.Append(before == '{' ? "" : "}").Append(" 1\n");
    }

    private void Write(Metric metric)
    {
        var isGauge = metric.MetricType is MetricType.LongGauge or MetricType.DoubleGauge or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic;
        var isHistogram = metric.MetricType is MetricType.Histogram;
        if (!isGauge && !isHistogram && !metric.MetricType.IsSum())
        {
            return;
        }

        var name = NameOf(metric, isCounter: !isGauge && !isHistogram, isGauge);
        WriteHead(name, isGauge ? "gauge" : isHistogram ? "histogram" : "counter", metric.Description);
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            if (isHistogram)
            {
                WriteHistogram(name, point);
            }
            else
            {
                WriteSample(name, point, metric.MetricType switch
                {
                    MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
                    MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
                    MetricType.LongGauge => point.GetGaugeLastValueLong(),
                    _ => point.GetGaugeLastValueDouble(),
                });
            }
        }
    }

    private void WriteHistogram(string name, in MetricPoint point)
    {
        var count = 0L;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            WriteSample($"{name}_bucket", point, count, bucket.ExplicitBound);
        }

        WriteSample($"{name}_sum", point, point.GetHistogramSum());
        WriteSample($"{name}_count", point, count);
    }

    private void WriteHead(string name, string type, string help) =>
        _text.Append("# HELP ").Append(name).Append(' ').Append(Escaped(help)).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private void WriteSample(string name, in MetricPoint point, double value, double? upTo = null)
    {
        _text.Append(name);
        WriteLabels(point.Tags, upTo);
        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private void WriteLabels(in ReadOnlyTagCollection tags, double? upTo)
    {
        var before = '{';
        foreach (var (key, value) in tags)
        {
            WriteLabel(ref before, key, value);
        }

        if (upTo is { } bound)
        {
            WriteLabel(ref before, "le", Number(bound));
        }

        _text.Append(before == '{' ? "" : "}");
    }

    private void WriteLabel(ref char before, string key, object? value)
    {
        var text = value switch
        {
            null => "",
            bool truth => truth ? "true" : "false",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString() ?? "",
        };
        _text.Append(before).Append(Legal(key)).Append("=\"").Append(Escaped(text).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
        before = ',';
    }
}
