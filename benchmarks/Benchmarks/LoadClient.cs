using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Dictation.Benchmarks;

/// <summary>Many connections that each send the next request when the last was answered. Written on sockets, so that it takes little of the machine that it shares with the server.</summary>
internal sealed class LoadClient : IDisposable
{
    private readonly Connection[] connections;

    public LoadClient(Uri server, int connections) => this.connections = [.. Enumerable.Range(0, connections).Select(_ => new Connection(server))];

    /// <summary>Sends the requests of a kind, each once.</summary>
    /// <param name="requests">Whole requests, as <see cref="Get"/> and <see cref="Post"/> make them.</param>
    /// <param name="expected">The only status that is no error.</param>
    /// <returns>Requests a second.</returns>
    public async Task<double> RunAsync(IReadOnlyList<byte[]> requests, int expected)
    {
        var next = -1;
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(connections.Select(async c =>
        {
            for (var i = Interlocked.Increment(ref next); i < requests.Count; i = Interlocked.Increment(ref next))
            {
                var status = await c.AskAsync(requests[i]);
                if (status != expected)
                {
                    throw new InvalidOperationException($"{Encoding.UTF8.GetString(requests[i])}\nwas answered {status}.");
                }
            }
        }));
        return requests.Count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    public static byte[] Get(string path) => Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");

    public static byte[] Post(string path, string json) =>
        Encoding.UTF8.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    public void Dispose()
    {
        foreach (var connection in connections)
        {
            connection.Dispose();
        }
    }

    private sealed class Connection : IDisposable
    {
        private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] buffer = new byte[1 << 16];

        public Connection(Uri server) => socket.Connect(server.Host, server.Port);

        /// <returns>The status, once the whole answer is here.</returns>
        public async ValueTask<int> AskAsync(byte[] request)
        {
            await socket.SendAsync(request);
            var length = 0;
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(length));
                if (received == 0)
                {
                    throw new IOException("The server closed the connection.");
                }

                length += received;
                if (IsWhole(buffer.AsSpan(0, length)))
                {
                    return int.Parse(buffer.AsSpan(9, 3), CultureInfo.InvariantCulture);
                }
            }
        }

        public void Dispose() => socket.Dispose();

        private static bool IsWhole(ReadOnlySpan<byte> answer)
        {
            var end = answer.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                return false;
            }

            var head = answer[..end];
            var at = head.IndexOf("Content-Length: "u8);
            if (at < 0)
            {
                return answer.EndsWith("0\r\n\r\n"u8);
            }

            var value = head[(at + 16)..];
            var line = value.IndexOf((byte)'\r');
            return answer.Length - end - 4 >= int.Parse(line < 0 ? value : value[..line], CultureInfo.InvariantCulture);
        }
    }
}
