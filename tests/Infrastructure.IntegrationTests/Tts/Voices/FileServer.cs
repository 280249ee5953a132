using System.Net;
using System.Security.Cryptography;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>Serves files on this machine, and cuts off, spoils, slows or changes them as a test asks.</summary>
internal sealed class FileServer : IDisposable
{
    /// <summary>Files up to this size are never spoilt.</summary>
    private const int SmallFile = 1000;

    private readonly HttpListener _listener;

    public FileServer()
    {
        for (var port = 20_000 + Environment.ProcessId % 20_000; ; port++)
        {
            _listener = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
            try
            {
                _listener.Start();
                Address = new Uri($"http://127.0.0.1:{port}/");
                break;
            }
            catch (HttpListenerException)
            {
                // Taken; the next.
            }
        }

        _ = ServeAsync();
    }

    public Uri Address { get; }

    public Dictionary<string, byte[]> Files { get; } = [];

    public List<(string Path, long? Range)> Requests { get; } = [];

    public bool Ranges { get; set; } = true;

    public int CutAfter { get; set; } = int.MaxValue;

    public int CutTimes { get; set; }

    public int SpoilTimes { get; set; }

    public int Trickle { get; set; } = int.MaxValue;

    public int Status { get; set; } = 200;

    public Action Changed { get; set; } = () => { };

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The client went, or the test is over.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var path = request.Url!.AbsolutePath;
        var range = request.Headers["Range"] is { } asked ? long.Parse(asked["bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture) : (long?)null;
        Requests.Add((path, range));
        if (Status != 200 || !Files.TryGetValue(path, out var content))
        {
            response.StatusCode = Status != 200 ? Status : 404;
            response.Close();
            return;
        }

        var tag = $"\"{Convert.ToHexString(SHA256.HashData(content))[..16]}\"";
        response.Headers["ETag"] = tag;
        var from = 0;
        if (Ranges && range is { } start && (request.Headers["If-Range"] is not { } known || known == tag))
        {
            from = (int)start;
            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }

        var body = content[from..];
        if (body.Length > SmallFile && SpoilTimes-- > 0)
        {
            body[body.Length / 2] ^= 1;
        }

        response.ContentLength64 = body.Length;
        if (body.Length > CutAfter && CutTimes-- > 0)
        {
            await response.OutputStream.WriteAsync(body.AsMemory(0, CutAfter));
            await response.OutputStream.FlushAsync();
            response.Abort();
            Changed();
            return;
        }

        foreach (var piece in body.Chunk(Math.Min(Trickle, body.Length)))
        {
            await response.OutputStream.WriteAsync(piece);
            await response.OutputStream.FlushAsync();
        }

        response.Close();
    }
}
