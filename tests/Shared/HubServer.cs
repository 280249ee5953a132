using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Dictation.Shared;

/// <summary>
/// Behaves as the Hugging Face hub does: one host tells what repositories hold, gives small files behind a relative redirect and sends on to
/// another host for large ones, which cuts, spoils, slows and changes what it sends as a test asks.
/// </summary>
internal sealed class HubServer : IDisposable
{
    /// <summary>The one token that is right.</summary>
    public const string Token = "hf_right";

    private readonly HttpListener _hub;
    private readonly HttpListener _host;
    private readonly ConcurrentDictionary<string, byte[]> _contents = [];

    public HubServer()
    {
        (_hub, Endpoint) = Start("127.0.0.1");
        (_host, ContentHost) = Start("127.0.0.1");
        _ = ServeAsync(_hub, AnswerAsHubAsync);
        _ = ServeAsync(_host, AnswerAsContentHostAsync);
    }

    public Uri Endpoint { get; }

    public Uri ContentHost { get; }

    public Dictionary<string, HubServerRepository> Repositories { get; } = [];

    /// <summary>Old names of repositories.</summary>
    public Dictionary<string, string> Renamed { get; } = [];

    /// <summary>All that was asked, in order; the host is <c>hub</c> or <c>content</c>.</summary>
    public ConcurrentQueue<(string Host, string Path, string? Authorization, long? Range, string? IfRange)> Requests { get; } = [];

    /// <summary>Whether the content host tells strong tags.</summary>
    public bool Tags { get; set; } = true;

    public int CutAfter { get; set; } = int.MaxValue;

    public int CutTimes { get; set; }

    public int SpoilTimes { get; set; }

    public int BusyTimes { get; set; }

    public int Trickle { get; set; } = int.MaxValue;

    /// <summary>How often the content host sends half of a file and then nothing, until the client goes.</summary>
    public int StallTimes { get; set; }

    /// <summary>Changes what the content host has, after the first cut.</summary>
    public Func<byte[], byte[]>? Changed { get; set; }

    public HubServerRepository Add(string name, string folder, string? licence = "cc-by-nc-4.0")
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .ToDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllBytes);
        return Repositories[name] = new HubServerRepository(files) { Licence = licence };
    }

    public int CountOf(string host) => Requests.Count(r => r.Host == host);

    public void Dispose()
    {
        _hub.Close();
        _host.Close();
    }

    private static (HttpListener Listener, Uri Address) Start(string host)
    {
        while (true)
        {
            // HttpListener cannot ask for a free port itself.
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            var address = new Uri($"http://{host}:{((IPEndPoint)probe.LocalEndpoint).Port}/");
            probe.Stop();
            var listener = new HttpListener { Prefixes = { address.AbsoluteUri } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException)
            {
                // Taken meanwhile; another.
            }
        }
    }

    private async Task ServeAsync(HttpListener listener, Func<HttpListenerContext, Task> answer)
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                var request = context.Request;
                var range = request.Headers["Range"] is { } asked ? long.Parse(asked["bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture) : (long?)null;
                Requests.Enqueue((listener == _hub ? "hub" : "content", Uri.UnescapeDataString(request.Url!.AbsolutePath), request.Headers["Authorization"], range, request.Headers["If-Range"]));
                await answer(context);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or IOException)
            {
                // The client went, or the test is over.
            }
        }
    }

    private async Task AnswerAsHubAsync(HttpListenerContext context)
    {
        const string Api = "/api/models/", Cached = "/api/resolve-cache/models/";
        var (path, response) = (Uri.UnescapeDataString(context.Request.Url!.AbsolutePath), context.Response);
        var authorization = context.Request.Headers["Authorization"];
        if (authorization is not null && authorization != $"Bearer {Token}")
        {
            Refuse(response, 401, null);
        }
        else if (BusyTimes-- > 0)
        {
            Refuse(response, 503, null);
        }
        else if (Renamed.FirstOrDefault(r => path.Contains($"/{r.Key}/", StringComparison.Ordinal)) is { Key: { } old } renamed)
        {
            response.Redirect(context.Request.Url.PathAndQuery.Replace(old, renamed.Value, StringComparison.Ordinal));
            response.StatusCode = 307;
            response.Close();
        }
        else
        {
            var isApi = path.StartsWith(Api, StringComparison.Ordinal);
            var isCached = path.StartsWith(Cached, StringComparison.Ordinal);
            var parts = path[(isApi ? Api.Length : isCached ? Cached.Length : 1)..].Split('/', isCached ? 4 : 5);
            var name = $"{parts[0]}/{parts[1]}";
            var repository = Repositories.GetValueOrDefault(name);
            var revision = parts[isCached ? 2 : 3];
            if (repository is null || (repository.IsPrivate && authorization is null))
            {
                Refuse(response, authorization is null ? 401 : 404, "RepoNotFound");
            }
            else if (repository.CommitOf(revision) is not { } commit)
            {
                Refuse(response, 404, "RevisionNotFound");
            }
            else if (isApi)
            {
                await SendAsync(response, Encoding.UTF8.GetBytes(repository.Metadata(name, commit).ToJsonString()));
            }
            else
            {
                await GiveFileAsync(response, repository, name, commit, parts[^1], isCached, authorization is not null);
            }
        }
    }

    private async Task GiveFileAsync(HttpListenerResponse response, HubServerRepository repository, string name, string commit, string path, bool isCached, bool hasToken)
    {
        response.Headers["X-Repo-Commit"] = commit;
        if (repository.IsGated && (!hasToken || !repository.IsAccepted))
        {
            Refuse(response, hasToken ? 403 : 401, "GatedRepo");
        }
        else if (!repository.Commits[commit].TryGetValue(path, out var content))
        {
            Refuse(response, 404, "EntryNotFound");
        }
        else if (HubServerRepository.IsLarge(path))
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(content));
            _contents.TryAdd(hash, content);
            response.Redirect(new Uri(ContentHost, $"repos/{hash}?signature=1").AbsoluteUri);
            response.Headers["X-Linked-Etag"] = $"\"{repository.StatedSha256.GetValueOrDefault(path, hash)}\"";
            response.Headers["X-Linked-Size"] = $"{content.Length}";
            response.Close();
        }
        else if (!isCached)
        {
            response.Redirect($"/api/resolve-cache/models/{name}/{commit}/{Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal)}");
            response.StatusCode = 307;
            response.Close();
        }
        else
        {
            response.Headers["ETag"] = $"\"{HubServerRepository.BlobId(content)}\"";
            await SendAsync(response, content);
        }
    }

    private async Task AnswerAsContentHostAsync(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var key = request.Url!.Segments[^1];
        var content = _contents[key];
        if (request.Headers["Authorization"] is not null)
        {
            // As content hosts do that check the signature in the address.
            Refuse(response, 400, null);
            return;
        }

        var tag = $"\"{Convert.ToHexString(SHA256.HashData(content))[..16]}\"";
        if (Tags)
        {
            response.Headers["ETag"] = tag;
        }

        var from = 0;
        if (request.Headers["Range"] is { } asked && (request.Headers["If-Range"] is not { } known || known == tag))
        {
            from = int.Parse(asked["bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture);
            if (from >= content.Length)
            {
                Refuse(response, 416, null);
                return;
            }

            response.StatusCode = 206;
            response.Headers["Content-Range"] = $"bytes {from}-{content.Length - 1}/{content.Length}";
        }

        var body = content[from..];
        if (SpoilTimes-- > 0)
        {
            body[body.Length / 2] ^= 1;
        }

        await SendBodyAsync(response, key, body);
    }

    private async Task SendBodyAsync(HttpListenerResponse response, string key, byte[] body)
    {
        response.ContentLength64 = body.Length;
        var (isStalled, isCut) = (StallTimes-- > 0, body.Length > CutAfter && CutTimes-- > 0);
        if (isStalled || isCut)
        {
            await response.OutputStream.WriteAsync(body.AsMemory(0, isStalled ? body.Length / 2 : CutAfter));
            await response.OutputStream.FlushAsync();
            if (isCut)
            {
                response.Abort();
                _contents[key] = Changed?.Invoke(_contents[key]) ?? _contents[key];
                Changed = null;
            }

            // One that stalls is left open.
            return;
        }

        foreach (var piece in body.Chunk(Math.Min(Trickle, body.Length)))
        {
            await response.OutputStream.WriteAsync(piece);
            await response.OutputStream.FlushAsync();
        }

        response.Close();
    }

    private static async Task SendAsync(HttpListenerResponse response, byte[] body)
    {
        response.ContentLength64 = body.Length;
        await response.OutputStream.WriteAsync(body);
        response.Close();
    }

    private static void Refuse(HttpListenerResponse response, int status, string? code)
    {
        response.StatusCode = status;
        if (code is not null)
        {
            response.Headers["X-Error-Code"] = code;
        }

        response.Close();
    }
}
