using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.OpenApi;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests.Abuse;

/// <summary>
/// What is no HTTP, or only half: bytes over sockets. Each connection gets an error or is cut off, in time, and the service goes on.
/// <c>DICTATION_RAW_REQUESTS</c> says how many are made by chance, and <c>DICTATION_SEED</c> with which they begin.
/// </summary>
[Category("Stress")]
public sealed class RawRequestTests
{
    private const int Clients = 1000;
    private const string Get = "GET /health/live HTTP/1.1\r\nHost: x\r\n";
    private const string Last = "Connection: close\r\n\r\n";
    private const string Post = "POST /api/v1/tts/convert HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    private const string Chunked = $"{Post}Transfer-Encoding: chunked\r\n\r\n";
    private const string Body = """{"text":"Hei."}""";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan NowAndThen = TimeSpan.FromMilliseconds(100);

    private DictationServer server = null!;

    /// <param name="Statuses">Of the answers, in order; after the last the server closes.</param>
    public sealed record Malformation(string Name, string Sent, params int[] Statuses)
    {
        public override string ToString() => Name;
    }

    public static IEnumerable<Malformation> Malformed =>
    [
        new("no HTTP", "NONSENSE\r\n\r\n", 400),
        new("HTTP/0.9", "GET /\r\n", 400),
        new("HTTP/1.0", "GET /health/live HTTP/1.0\r\n\r\n", 200),
        new("HTTP/1.0 with chunks", $"POST /api/v1/tts/convert HTTP/1.0\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nf\r\n{Body}\r\n0\r\n\r\n", 201),
        new("HTTP/1.2", "GET / HTTP/1.2\r\nHost: x\r\n\r\n", 505),
        new("TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + new string('a', 500), 400),
        new("method with a sign", $"G@T / HTTP/1.1\r\nHost: x\r\n{Last}", 400),
        new("method unknown", $"FOO /health/live HTTP/1.1\r\nHost: x\r\n{Last}", 405),
        new("CONNECT", $"CONNECT x:80 HTTP/1.1\r\nHost: x:80\r\n{Last}", 405),
        new("TRACE", $"TRACE / HTTP/1.1\r\nHost: x\r\n{Last}", 405),
        new("OPTIONS *", $"OPTIONS * HTTP/1.1\r\nHost: x\r\n{Last}", 405),
        new("no target", $"GET  HTTP/1.1\r\nHost: x\r\n{Last}", 400),
        new("target without a slash", $"GET health HTTP/1.1\r\nHost: x\r\n{Last}", 405),
        new("two spaces", $"GET  /health/live HTTP/1.1\r\nHost: x\r\n{Last}", 400),
        new("tabs", $"GET\t/health/live\tHTTP/1.1\r\nHost: x\r\n{Last}", 400),
        new("NUL in the path", $"GET /a\0b HTTP/1.1\r\nHost: x\r\n{Last}", 400),
        new("escaped NUL in the path", $"GET /api/v1/tts/a%00b HTTP/1.1\r\nHost: x\r\n{Last}", 400),
        new("NUL in the query", $"GET /api/v1/items?q=\0 HTTP/1.1\r\nHost: x\r\n{Last}", 400),
        new("beyond ASCII in the path", $"GET /api/v1/tts/\xff HTTP/1.1\r\nHost: x\r\n{Last}", 400),
        new("no UTF-8 in the path", $"GET /api/v1/tts/%ff%fe HTTP/1.1\r\nHost: x\r\n{Last}", 404),
        new("climbing path", $"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\n{Last}", 404),
        new("absolute target", $"GET http://x/health/live HTTP/1.1\r\nHost: x\r\n{Last}", 200),
        new("absolute target of another host", $"GET http://y:99/health/live HTTP/1.1\r\nHost: x\r\n{Last}", 400),
        new("absolute target without a host", $"GET http://user@:x/%zz HTTP/1.1\r\nHost: x\r\n{Last}", 400),
        new("no Host", $"GET /health/live HTTP/1.1\r\n{Last}", 400),
        new("two Hosts", $"GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n{Last}", 400),
        new("Host with a path", $"GET /health/live HTTP/1.1\r\nHost: a b/..\r\n{Last}", 400),
        new("Host that is no name", $"POST /api/v1/tts/convert HTTP/1.1\r\nHost: x{new string('$', 800)}\r\nContent-Type: application/json\r\nContent-Length: 15\r\n{Last}{Body}", 400),
        new("NUL in a header", $"{Get}A: a\0b\r\n{Last}", 400),
        new("CR in a header", $"{Get}A: a\r{HostileRequest.Mark}\r\n{Last}", 400),
        new("LF in a header begins another", $"{Get}A: a\n{HostileRequest.Mark}: b\r\n{Last}", 200),
        new("NUL in a header's name", $"{Get}A\0: a\r\n{Last}", 400),
        new("header without a colon", $"{Get}{HostileRequest.Mark}\r\n{Last}", 400),
        new("space before the colon", $"{Get}A : b\r\n{Last}", 400),
        new("folded header", $"{Get}A: b\r\n c\r\n{Last}", 400),
        new("no UTF-8 in a header", $"{Get}X-API-Key: \xff\xfe\r\n{Last}", 400),
        new("both lengths: chunks count, and nothing after them", $"{Post}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nf\r\n{Body}\r\n0\r\n\r\n{Get}{Last}", 201),
        new("chunks not last", $"{Post}Transfer-Encoding: chunked, gzip\r\n{Last}f\r\n{Body}\r\n0\r\n\r\n", 400),
        new("unknown transfer coding", $"{Post}Transfer-Encoding: xchunked\r\n{Last}{Body}", 400),
        new("two transfer codings", $"{Post}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n{Last}f\r\n{Body}\r\n0\r\n\r\n", 400),
        new("two lengths", $"{Post}Content-Length: 15\r\nContent-Length: 16\r\n{Last}{Body}", 400),
        new("list of lengths", $"{Post}Content-Length: 15, 15\r\n{Last}{Body}", 400),
        new("negative length", $"{Post}Content-Length: -1\r\n{Last}{Body}", 400),
        new("length no number", $"{Post}Content-Length: all\r\n{Last}{Body}", 400),
        new("length beyond numbers", $"{Post}Content-Length: 99999999999999999999\r\n{Last}{Body}", 400),
        new("length beyond the limit", $"{Post}Content-Length: 9223372036854775807\r\n{Last}{Body}", 413),
        new("length too short", $"{Post}Content-Length: 5\r\n\r\n{Body}\r\n\r\n", 400, 400),
        new("no length", $"{Post}{Last}{Body}", 400),
        new("chunk's size no number", $"{Chunked}zz\r\n{Body}\r\n0\r\n\r\n", 400),
        new("chunk's size negative", $"{Chunked}-1\r\n{Body}\r\n0\r\n\r\n", 400),
        new("chunk's size beyond numbers", $"{Chunked}fffffffffffffffff\r\n{Body}\r\n0\r\n\r\n", 400),
        new("chunk's size with zeros", $"{Chunked}{new string('0', 100)}f\r\n{Body}\r\n0\r\n\r\n", 400),
        new("chunk's extension", $"{Chunked}f;a=b\r\n{Body}\r\n0\r\n\r\n{Get}{Last}", 201, 200),
        new("chunk's extension huge", $"{Chunked}f;{new string('a', 200_000)}\r\n{Body}\r\n0\r\n\r\n", 413),
        new("chunk's extension with LF", $"{Chunked}f;a\nb\r\n{Body}\r\n0\r\n\r\n", 400),
        new("chunk longer than its size", $"{Chunked}5\r\n{Body}\r\n0\r\n\r\n", 400),
        new("chunk without its end", $"{Chunked}f\r\n{Body}0\r\n\r\n", 400),
        new("chunks between bare LF", $"{Chunked}f\n{Body}\n0\n\n", 400),
        new("trailer no header", $"{Chunked}f\r\n{Body}\r\n0\r\nbad\r\n\r\n", 400),
        new("trailer no text", $"{Chunked}f\r\n{Body}\r\n0\r\nX-After: 1\xff\xfe\r\n\r\n{Get}{Last}", 400),
        new("trailers without end", $"{Chunked}f\r\n{Body}\r\n0\r\n{string.Concat(Enumerable.Range(0, 3000).Select(i => $"A{i}: b\r\n"))}\r\n", 431),
        new("Expect something else", $"{Post}Expect: 200-ok\r\nContent-Length: 15\r\n{Last}{Body}", 201),
        new("Expect with a body beyond the limit", $"{Post}Expect: 100-continue\r\nContent-Length: 99999999\r\n\r\n", 413),
        new("pipelined, the second no HTTP", $"{Get}\r\nBAD\r\n\r\n{Get}{Last}", 200, 400),
        new("pipelined, each answered in its turn", $"{Get}\r\nGET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n{Post}Content-Length: 2\r\n\r\n{{}}{Get}{Last}", 200, 404, 422, 200),
    ];

    /// <summary>Clients that take their time: what they send at once, and then, again and again; null for nothing more.</summary>
    private static readonly (string First, string? Then, int[] Statuses)[] Slow =
    [
        ("", null, []),
        ("GET /health/li", "v", [408]),
        (Get, "A: b\r\n", [408]),
        (Get + "A: ", "b", [408]),
        ($"{Post}Content-Length: 1000\r\n\r\n", " ", [408]),
        ($"{Post}Content-Length: 1000\r\n\r\n{Body}", null, [408]),
        ($"{Post}Expect: 100-continue\r\nContent-Length: 15\r\n\r\n", null, [100, 408]),
        (Chunked, "1\r\n \r\n", [408]),
        ($"{Chunked}f\r\n{Body[..5]}", null, [408]),
        ($"{Chunked}7fffffff\r\n{Body}", null, [408]),
        ($"{Chunked}f;a", "a", [408]),
    ];

    private static int Requests => Settings.Number("DICTATION_RAW_REQUESTS", 1000);

    [OneTimeSetUp]
    public void StartServer()
    {
        server = new DictationServer(new()
        {
            ["Server:MaxBodyBytes"] = "65536",
            ["Limits:HeaderSeconds"] = "1",
            ["Limits:GraceSeconds"] = "2",
            ["Limits:IdleSeconds"] = "1",
        });
        server.Log.Keep(HostileRequest.IsHarm);
    }

    [OneTimeTearDown]
    public async Task StopServer() => await server.DisposeAsync();

    [TearDown]
    public async Task NothingIsLeft()
    {
        Assert.That(server.Log.Lines, Is.Empty, "no error is logged, no line of the log is forged");
        await Eventually.HoldsAsync(() => RawConnection.OpenAt(server.Http.BaseAddress!) == 0, "no connection is open");
    }

    [TestCaseSource(nameof(Malformed))]
    public async Task Request_ThatIsMalformed_IsAnsweredAndClosed(Malformation malformed)
    {
        using var connection = await RawConnection.OpenAsync(server.Http.BaseAddress!);
        await connection.SendAsync(malformed.Sent);
        var answers = await connection.ReadToEndAsync(Patience);
        Assert.That(answers.Select(a => a.Status), Is.EqualTo(malformed.Statuses));
        Assert.That(answers.SelectMany(Misfits), Is.Empty);
    }

    [Test]
    public async Task Clients_ThatTakeTheirTime_AreCutOff_AndHoldUpNobody()
    {
        var slow = Enumerable.Range(0, 10 * Slow.Length).Select(async i =>
        {
            var (first, then, statuses) = Slow[i % Slow.Length];
            using var connection = await RawConnection.OpenAsync(server.Http.BaseAddress!);
            await connection.SendAsync(first);
            var reading = connection.ReadToEndAsync(Patience);
            while (then is not null && await Task.WhenAny(reading, Task.Delay(NowAndThen)) != reading)
            {
                try
                {
                    await connection.SendAsync(then);
                }
                catch (IOException)
                {
                    // It was closed in between.
                    break;
                }
            }

            var answers = await reading;
            return answers.Select(a => a.Status).SequenceEqual(statuses) && !answers.SelectMany(Misfits).Any() && answers.All(a => a.Status != 408 || a.IsProblem == first.StartsWith("POST", StringComparison.Ordinal))
                ? null
                : $"'{first}': {string.Join(", ", answers)}";
        }).ToList();
        await AskMeanwhileAsync(Task.WhenAll(slow));
        Assert.That((await Task.WhenAll(slow)).Where(f => f is not null), Is.Empty);
    }

    [Test]
    public async Task AnyBytes_AreAnsweredOrCutOff_AndDoNoHarm()
    {
        var first = Seed.Start;
        var wrong = new ConcurrentBag<string>();
        var statuses = new ConcurrentDictionary<int, int>();
        var sending = Parallel.ForEachAsync(Enumerable.Range(first, Requests), new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (seed, _) =>
        {
            var request = RawRequest.Make(seed);
            try
            {
                var answers = await SendAsync(request);
                foreach (var answer in answers)
                {
                    statuses.AddOrUpdate(answer.Status, 1, (_, n) => n + 1);
                }

                foreach (var misfit in answers.SelectMany(Misfits))
                {
                    wrong.Add($"seed {seed}: {request}\n  -> {misfit}");
                }
            }
            catch (Exception e) when (e is TimeoutException or InvalidDataException or FormatException)
            {
                wrong.Add($"seed {seed}: {request}\n  -> {e.Message}");
            }
        });
        await AskMeanwhileAsync(sending);
        await TestContext.Progress.WriteLineAsync($"{Requests} raw requests from seed {first}; answers: {string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Value} of {s.Key}"))}");
        Assert.That(wrong, Is.Empty);
    }

    /// <summary>Asks like any other client, again and again, and wants answers.</summary>
    private async Task AskMeanwhileAsync(Task sending)
    {
        do
        {
            await server.GetAsync("/health/live");
            await server.GetAsync("/api/v1/items");
        }
        while (await Task.WhenAny(sending, Task.Delay(NowAndThen)) != sending);
        await sending;
        await server.GetAsync("/health/ready");
    }

    private async Task<IReadOnlyList<RawAnswer>> SendAsync(RawRequest request)
    {
        using var connection = await RawConnection.OpenAsync(server.Http.BaseAddress!);
        try
        {
            await connection.SendAsync(request.Bytes.AsMemory(0, request.Cut));
            await Task.Yield();
            await connection.SendAsync(request.Bytes.AsMemory(request.Cut));
            switch (request.Ending)
            {
                case Ending.Ask:
                    await connection.SendAsync($"{Get}{Last}");
                    break;
                case Ending.Finish:
                    connection.Finish();
                    break;
                case Ending.Reset:
                    connection.Reset();
                    return [];
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // It was closed before all was sent; what came before that is read all the same.
        }

        return await connection.ReadToEndAsync(Patience);
    }

    /// <summary>An error has the one shape where the service writes it, and no body where the server does before the service sees a request.</summary>
    private static IEnumerable<string> Misfits(RawAnswer answer)
    {
        if (answer.Status >= 500 && (answer.Status, answer.IsProblem) is not ((505, false) or (503, true)))
        {
            yield return $"{answer.Status}: {answer.Body}";
        }

        if (answer.Status >= 400 && answer.Body.Length == 0)
        {
            // The server's own: see what it may answer by itself.
            if (answer.Status is not (400 or 405 or 408 or 413 or 414 or 431 or 505))
            {
                yield return $"{answer.Status} without a body";
            }
        }
        else if (answer.Status >= 400)
        {
            foreach (var misfit in answer.IsProblem ? ApiDocument.Golden.Misfits(Parsed(answer.Body), ApiDocument.Golden.Schemas["ErrorResponse"]!) : [$"its content is {answer.Headers.GetValueOrDefault("Content-Type")}"])
            {
                yield return $"{answer.Status}: {misfit}";
            }
        }
    }

    private static JsonNode? Parsed(string body)
    {
        try
        {
            return JsonNode.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
