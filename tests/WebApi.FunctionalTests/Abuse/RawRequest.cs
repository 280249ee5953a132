using System.Text;

namespace Dictation.WebApi.FunctionalTests.Abuse;

/// <summary>The bytes of a good request, or of two, spoilt by chance. The same seed makes the same bytes.</summary>
internal sealed class RawRequest
{
    private const string Json = "Content-Type: application/json\r\n";

    private static readonly string[] Good =
    [
        "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /api/v1/items?q=talo&page=1&per_page=5 HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\nAccept-Encoding: gzip, br\r\n\r\n",
        "GET /api/v1/tts?limit=3&status=done HTTP/1.0\r\n\r\n",
        "GET http://x/api/v1/tts/0123456789abcdef?wait=0 HTTP/1.1\r\nHost: x\r\nCookie: a=b; c=d\r\nX-API-Key: k\r\n\r\n",
        $"POST /api/v1/tts/convert HTTP/1.1\r\nHost: x\r\n{Json}Content-Length: 15\r\n\r\n{{\"text\":\"Hei.\"}}",
        $"POST /api/v1/tts/convert HTTP/1.1\r\nHost: x\r\n{Json}Transfer-Encoding: chunked\r\n\r\n8\r\n{{\"text\":\r\n7;a=b\r\n\"Hei.\"}}\r\n0\r\nX-After: 1\r\n\r\n",
        $"POST /api/v1/tags HTTP/1.1\r\nHost: x\r\n{Json}Expect: 100-continue\r\nContent-Length: 14\r\n\r\n{{\"name\":\"abc\"}}",
        $"PATCH /api/v1/items/1/difficulty HTTP/1.1\r\nHost: x\r\n{Json}Content-Length: 16\r\n\r\n{{\"difficulty\":2}}",
        "DELETE /api/v1/items/999 HTTP/1.1\r\nHost: x\r\n\r\n",
        $"POST /api/v1/items HTTP/1.1\r\nHost: x\r\n{Json}Content-Length: 28\r\n\r\n{{\"locale\":\"fi\",\"text\":\"Hei\"}}GET /api/v1/stats/summary HTTP/1.1\r\nHost: x\r\n\r\n",
    ];

    private static readonly string[] Pieces =
    [
        "\0", "\r", "\n", "\r\n", "\r\n\r\n", " ", "\t", ":", "/", "?", "#", "%", "%00", "%0d%0a", "..", ";", ",", "-", "+", "0", "ffffffffffffffff", "7fffffff", "99999999999999999999", "\x80", "\xFF\xFE", "\u001B[2J",
        $"\r\n{HostileRequest.Mark}: 1\r\n", $"\n2026-11-23 00:00:00 fail: {HostileRequest.Mark}\n", "\r\nTransfer-Encoding: chunked", "\r\nTransfer-Encoding: identity, chunked", "\r\nContent-Length: 3", "\r\nContent-Length: 70000",
        "\r\nHost: y", "\r\n folded", "\r\nConnection: close", "\r\nConnection: upgrade\r\nUpgrade: websocket", "\r\nExpect: 100-continue", "HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "http://[::1]:x/", "*", "0\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    ];

    private readonly Random random;

    private RawRequest(int seed)
    {
        random = new Random(seed);
        var bytes = Encoding.Latin1.GetBytes(Pick(Good)).ToList();
        for (var spoilt = random.Next(1, 4); spoilt > 0; spoilt--)
        {
            Spoil(bytes);
        }

        Bytes = [.. bytes];
        Cut = random.Next(Bytes.Length + 1);
        Ending = Pick((Ending[])[Ending.Wait, Ending.Finish, Ending.Reset, Ending.Ask, Ending.Ask, Ending.Ask, Ending.Ask, Ending.Ask, Ending.Ask, Ending.Ask]);
    }

    public byte[] Bytes { get; }

    /// <summary>Where a pause is when they are sent.</summary>
    public int Cut { get; }

    public Ending Ending { get; }

    public static RawRequest Make(int seed) => new(seed);

    public override string ToString()
    {
        var text = Encoding.Latin1.GetString(Bytes).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\0", "\\0", StringComparison.Ordinal);
        return $"{text[..Math.Min(600, text.Length)]} ({Bytes.Length} bytes, then {Ending})";
    }

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];

    private void Spoil(List<byte> bytes)
    {
        // An earlier spoiling may have left nothing.
        var at = random.Next(bytes.Count + 1);
        var length = random.Next(1 + Math.Min(40, bytes.Count - at));
        switch (random.Next(8))
        {
            case 0:
                bytes.RemoveRange(at, length);
                break;
            case 1:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 2:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 3:
                var noise = new byte[random.Next(1, 30)];
                random.NextBytes(noise);
                bytes.InsertRange(at, noise);
                break;
            case 4:
                bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, Pick((int[])[10, 1000, 100_000]))));
                break;
            default:
                bytes.InsertRange(at, Encoding.Latin1.GetBytes(Pick(Pieces)));
                break;
        }
    }
}

/// <summary>What a client does when it has sent its bytes.</summary>
internal enum Ending
{
    /// <summary>Sends a good request that closes the connection; whether it is taken for one depends on the bytes before it.</summary>
    Ask,

    /// <summary>Nothing: the server has to end it.</summary>
    Wait,

    /// <summary>FIN.</summary>
    Finish,

    /// <summary>RST.</summary>
    Reset,
}
