using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>What operators run to gather telemetry: takes OTLP over HTTP, and reads it by the protocol's own field numbers.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<byte[]> traces = [];
    private readonly ConcurrentQueue<byte[]> metrics = [];

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/v1/traces", context => KeepAsync(context, traces));
        app.MapPost("/v1/metrics", context => KeepAsync(context, metrics));
    }

    public Dictionary<string, string> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    public IReadOnlyList<Span> Spans =>
    [
        .. from body in traces
           from resource in Fields(body, 1)
           from scope in Fields(resource, 2)
           from span in Fields(scope, 2)
           select new Span(
               string.Join(", ", Attributes(Fields(resource, 1).Single(), 1)),
               Text(Fields(span, 5).Single()),
               Hex(Fields(span, 1).Single()),
               Hex(Fields(span, 2).Single()),
               Hex(Fields(span, 4).SingleOrDefault()),
               [.. Attributes(span, 9)]),
    ];

    public IReadOnlySet<string> Metrics =>
        (from body in metrics from resource in Fields(body, 1) from scope in Fields(resource, 2) from metric in Fields(scope, 2) select Text(Fields(metric, 1).Single())).ToHashSet();

    public static async Task<Collector> StartAsync()
    {
        var collector = new Collector();
        await collector.app.StartAsync();
        return collector;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static async Task KeepAsync(HttpContext context, ConcurrentQueue<byte[]> kept)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        kept.Enqueue(body.ToArray());
    }

    private static IEnumerable<string> Attributes(byte[] message, int field) =>
        from attribute in Fields(message, field)
        let value = Fields(attribute, 2).Single()
        select $"{Text(Fields(attribute, 1).Single())}={(Fields(value, 1) is [var text] ? Text(text) : Fields(value, 2) is [var truth] ? $"{truth[0] == 1}" : Fields(value, 3) is [var number] ? $"{BitConverter.ToUInt64(number)}" : "?")}";

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static string Hex(byte[]? bytes) => Convert.ToHexStringLower(bytes ?? []);

    /// <summary>The values of one field of a protobuf message, as its bytes; numbers in eight of them.</summary>
    private static List<byte[]> Fields(byte[] message, int wanted)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(ref at);
            var value = (tag & 7) switch
            {
                0 => BitConverter.GetBytes(Varint(ref at)),
                1 => Bytes(ref at, 8),
                2 => Bytes(ref at, (int)Varint(ref at)),
                5 => Bytes(ref at, 4),
                _ => throw new InvalidDataException($"Wire type {tag & 7}."),
            };
            if ((int)(tag >> 3) == wanted)
            {
                found.Add(value);
            }
        }

        return found;

        ulong Varint(ref int at)
        {
            var (value, shift) = (0UL, 0);
            byte part;
            do
            {
                part = message[at++];
                value |= (ulong)(part & 0x7f) << shift;
                shift += 7;
            }
            while (part >= 0x80);
            return value;
        }

        byte[] Bytes(ref int at, int length)
        {
            at += length;
            return message[(at - length)..at];
        }
    }
}

/// <param name="Resource">Attributes of the process, as <c>name=value</c>.</param>
/// <param name="Parent">A span's id; empty for a root.</param>
internal sealed record Span(string Resource, string Name, string Trace, string Id, string Parent, IReadOnlyList<string> Attributes);
