using System.Net.Http.Headers;
using System.Net.Sockets;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation.Hub;

/// <summary>Requests files of voices: knows the mirror and the token, follows redirects, and tries again where that helps.</summary>
/// <param name="http">From <see cref="CreateClient"/>, as redirects are followed here.</param>
/// <param name="clock">Measures stalls and the waits between tries.</param>
/// <param name="hub">The hub.</param>
/// <param name="mirror">Takes the place of scheme and host of every address; null for none.</param>
public sealed class HubConnection(HttpClient http, TimeProvider clock, HubSettings hub, Uri? mirror = null)
{
    /// <summary>Tries in a row that bring no byte.</summary>
    private const int MaxTries = 5;

    private const int MaxRedirects = 10;

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(30);

    public bool HasToken => hub.Token is not null;

    /// <summary>A client without a time limit of its own. Proxies are taken from HTTP_PROXY, HTTPS_PROXY and NO_PROXY.</summary>
    public static HttpClient CreateClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("dictation-voices");
        return client;
    }

    /// <summary>Where an address is really asked for: at the mirror, or at the hub's endpoint.</summary>
    public Uri Locate(Uri address) => mirror is not null ? Below(mirror, address)
        : HasSameHost(address, HubSettings.Public) ? Below(hub.Endpoint, address)
        : address;

    /// <summary>Asks for a file. Its head has come when this returns; each read of its body has its own time limit.</summary>
    /// <param name="address">As <see cref="Locate"/> gave it.</param>
    /// <param name="range">What of it.</param>
    internal async Task<HubAnswer> GetAsync(Uri address, RangeHeaderValue? range, RangeConditionHeaderValue? ifRange, CancellationToken cancellationToken)
    {
        (string? Sha256, long? Size) linked = (null, null);
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = range, IfRange = ifRange } };
            if (hub.Token is { } token && HasSameHost(address, hub.Endpoint))
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).WaitAsync(Stall, clock, cancellationToken);
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                return new HubAnswer(response, linked.Sha256, linked.Size);
            }

            linked = HubAnswer.Linked(response) ?? linked;
            response.Dispose();
            var next = new Uri(address, location);
            if (redirects == MaxRedirects || next.Scheme is not ("http" or "https") || (address.Scheme == "https" && next.Scheme == "http"))
            {
                throw new VoiceException($"{address} redirects to {next}, which is not followed. Check the address, or set another mirror.");
            }

            address = next;
        }
    }

    internal Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken) =>
        body.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(Stall, clock, cancellationToken);

    /// <summary>Runs an attempt until it succeeds. Tries that bring something are not counted.</summary>
    /// <param name="attempt">Gives null when it is done, else why another try is needed.</param>
    /// <param name="received">Grows while attempts bring something.</param>
    /// <returns>Null; or why the last try failed.</returns>
    internal async Task<string?> RetryAsync(Func<Task<string?>> attempt, Func<long> received, CancellationToken cancellationToken)
    {
        string? reason = null;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (tries > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(1 << (tries - 1)), clock, cancellationToken);
            }

            var before = received();
            try
            {
                reason = await attempt();
                if (reason is null)
                {
                    return null;
                }
            }
            catch (Exception e) when (e is HttpRequestException or HttpIOException or TimeoutException || (e is IOException && e.InnerException is SocketException))
            {
                reason = e is TimeoutException ? $"no byte came for {Stall.TotalSeconds:0} seconds" : e.Message.TrimEnd('.');
            }

            if (received() > before)
            {
                tries = 0;
            }
        }

        return reason;
    }

    private static Uri Below(Uri root, Uri address) => new(new Uri(root.AbsoluteUri.TrimEnd('/') + '/'), address.PathAndQuery.TrimStart('/'));

    private static bool HasSameHost(Uri one, Uri other) => one.Scheme == other.Scheme && one.Authority == other.Authority;
}

/// <summary>The answer behind all redirects.</summary>
/// <param name="LinkedSha256">The file's checksum, where the hub stated it on the way to its content host.</param>
/// <param name="LinkedSize">Its bytes, likewise.</param>
internal sealed record HubAnswer(HttpResponseMessage Response, string? LinkedSha256, long? LinkedSize) : IDisposable
{
    public void Dispose() => Response.Dispose();

    /// <summary>What a redirect states of the file; null where it states nothing, as one to a new name of the repository.</summary>
    internal static (string? Sha256, long? Size)? Linked(HttpResponseMessage redirect)
    {
        var tag = Header(redirect, "X-Linked-Etag")?.Trim('"');
        return tag is null ? null : (Checksum.IsSha256(tag) ? tag : null, long.TryParse(Header(redirect, "X-Linked-Size"), out var size) ? size : null);
    }

    internal static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
