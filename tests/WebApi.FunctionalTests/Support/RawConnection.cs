using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>A connection whose client says exactly what it is told to, HTTP or not.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket socket;
    private readonly NetworkStream stream;
    private readonly byte[] buffer = new byte[64 * 1024];
    private readonly MemoryStream line = new();
    private int at;
    private int filled;

    private RawConnection(Socket socket)
    {
        this.socket = socket;
        stream = new NetworkStream(socket);
    }

    /// <param name="receiveBuffer">Bytes that wait unread on this side; the system's own measure unless given.</param>
    public static async Task<RawConnection> OpenAsync(Uri server, int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } bytes)
        {
            socket.ReceiveBufferSize = bytes;
        }

        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        return new RawConnection(socket);
    }

    /// <summary>Connections that the server holds at this moment.</summary>
    public static int OpenAt(Uri server) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Count(c => c.LocalEndPoint.Port == server.Port && c.State is TcpState.Established or TcpState.CloseWait);

    /// <param name="text">Latin-1.</param>
    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await stream.WriteAsync(bytes);

    /// <summary>Says that nothing more will come (FIN), and still listens.</summary>
    public void Finish() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Goes without a goodbye (RST).</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    /// <summary>The next answer whole, also an interim one; null when the server closed the connection instead.</summary>
    /// <exception cref="InvalidDataException">What came is no answer of HTTP/1.1.</exception>
    /// <exception cref="EndOfStreamException">It was cut off in the middle.</exception>
    public async Task<RawAnswer?> ReadAsync(CancellationToken cancellationToken = default)
    {
        if (await LineAsync(cancellationToken) is not { } status)
        {
            return null;
        }

        if (!status.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || !int.TryParse(status.AsSpan(9, 3), CultureInfo.InvariantCulture, out var code))
        {
            throw new InvalidDataException($"'{status}' begins no answer.");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (string header; (header = await NeededLineAsync(cancellationToken)).Length > 0;)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            headers[colon > 0 ? header[..colon] : throw new InvalidDataException($"'{header}' is no header.")] = header[(colon + 1)..].Trim();
        }

        using var body = new MemoryStream();
        if (headers.TryGetValue("Content-Length", out var length))
        {
            await CopyAsync(body, long.Parse(length, CultureInfo.InvariantCulture), cancellationToken);
        }
        else if (headers.GetValueOrDefault("Transfer-Encoding") == "chunked")
        {
            for (long chunk; (chunk = long.Parse(await NeededLineAsync(cancellationToken), NumberStyles.HexNumber, CultureInfo.InvariantCulture)) > 0;)
            {
                await CopyAsync(body, chunk, cancellationToken);
                await NeededLineAsync(cancellationToken);
            }

            await NeededLineAsync(cancellationToken);
        }
        else if (code is >= 200 and not (204 or 304))
        {
            // To a client of HTTP/1.0, which knows no chunks, the end of the connection is the end of the body.
            do
            {
                body.Write(buffer, at, filled - at);
            }
            while (await FillAsync(cancellationToken));
        }

        return new RawAnswer(code, headers, Encoding.UTF8.GetString(body.ToArray()));
    }

    /// <summary>Every answer until the server closes the connection; one that a reset cuts off is none.</summary>
    public async Task<IReadOnlyList<RawAnswer>> ReadToEndAsync(TimeSpan atMost)
    {
        var answers = new List<RawAnswer>();
        using var patience = new CancellationTokenSource(atMost);
        try
        {
            while (await ReadAsync(patience.Token) is { } answer)
            {
                answers.Add(answer);
            }
        }
        catch (IOException)
        {
            // The server closed while something of ours was unread, and the system says so with a reset.
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"After {atMost.TotalSeconds} seconds the connection is still open; {answers.Count} answers came.");
        }

        return answers;
    }

    public void Dispose()
    {
        stream.Dispose();
        socket.Dispose();
        line.Dispose();
    }

    private async Task CopyAsync(MemoryStream body, long bytes, CancellationToken cancellationToken)
    {
        while (bytes > 0)
        {
            if (at == filled && !await FillAsync(cancellationToken))
            {
                throw new EndOfStreamException();
            }

            var some = (int)Math.Min(bytes, filled - at);
            body.Write(buffer, at, some);
            at += some;
            bytes -= some;
        }
    }

    private async Task<string> NeededLineAsync(CancellationToken cancellationToken) => await LineAsync(cancellationToken) ?? throw new EndOfStreamException();

    private async Task<string?> LineAsync(CancellationToken cancellationToken)
    {
        line.SetLength(0);
        while (at < filled || await FillAsync(cancellationToken))
        {
            var next = buffer[at++];
            if (next == '\n')
            {
                return Encoding.Latin1.GetString(line.GetBuffer(), 0, (int)line.Length).TrimEnd('\r');
            }

            line.WriteByte(next);
        }

        return line.Length == 0 ? null : throw new EndOfStreamException();
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        at = 0;
        filled = await stream.ReadAsync(buffer, cancellationToken);
        return filled > 0;
    }
}

/// <summary>An answer as it came over the wire.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public bool IsProblem => Headers.GetValueOrDefault("Content-Type")?.StartsWith("application/problem+json", StringComparison.Ordinal) == true;
}
