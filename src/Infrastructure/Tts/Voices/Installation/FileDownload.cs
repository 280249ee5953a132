using System.Net;
using System.Net.Http.Headers;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>
/// Downloads one file, going on where an earlier try stopped, within this run or before it. A connection that is cut or stalls is made
/// again; so is a request that the server puts off.
/// </summary>
/// <param name="http">Without a time limit of its own.</param>
/// <param name="clock">Measures stalls and the waits between tries.</param>
internal sealed class FileDownload(HttpClient http, TimeProvider clock)
{
    /// <summary>Tries in a row that bring no byte.</summary>
    private const int MaxTries = 5;

    /// <summary>A file whose size nobody has told may be this large.</summary>
    private const long MaxUnknownSize = 4L << 30;

    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(30);

    /// <param name="address">http or https.</param>
    /// <param name="path">The destination; has the suffix <c>.part</c> while it is incomplete.</param>
    /// <param name="size">Bytes that it is known to have.</param>
    /// <param name="progress">Called with the bytes so far and the bytes in all, where the server tells.</param>
    /// <exception cref="VoiceException">It cannot be had; the message says why and what to do.</exception>
    /// <exception cref="FileNotFoundException">The server has no such file.</exception>
    public async Task RunAsync(Uri address, string path, long? size, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        var part = path + ".part";
        var reason = "";
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (tries > 0)
            {
                await Task.Delay(TimeSpan.FromSeconds(1 << (tries - 1)), clock, cancellationToken);
            }

            var before = Length(part);
            try
            {
                if (await TryAsync(address, part, size, progress, cancellationToken) is not { } problem)
                {
                    File.Move(part, path, overwrite: true);
                    File.Delete(TagOf(part));
                    return;
                }

                reason = problem;
            }
            catch (Exception e) when (e is HttpRequestException or HttpIOException or TimeoutException || (e is IOException && e.InnerException is System.Net.Sockets.SocketException))
            {
                reason = e is TimeoutException ? $"no byte came for {Stall.TotalSeconds:0} seconds" : e.Message.TrimEnd('.');
            }

            if (Length(part) > before)
            {
                tries = 0;
            }
        }

        throw new VoiceException($"{address} could not be downloaded: {reason}. Downloaded parts are kept; run the command again to continue, or set another mirror.");
    }

    private static long Length(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static string TagOf(string part) => part + ".etag";

    /// <returns>Null when the file is whole; else why another try is needed.</returns>
    private async Task<string?> TryAsync(Uri address, string part, long? size, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        var have = Length(part);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (have > 0)
        {
            request.Headers.Range = new RangeHeaderValue(have, null);

            // Only a strong tag proves that the rest belongs to what is there; without one, the checksum has to.
            if (File.Exists(TagOf(part)) && EntityTagHeaderValue.TryParse(await File.ReadAllTextAsync(TagOf(part), cancellationToken), out var tag))
            {
                request.Headers.IfRange = new RangeConditionHeaderValue(tag);
            }
        }

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).WaitAsync(Stall, clock, cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                have = 0;
                break;
            case HttpStatusCode.PartialContent when response.Content.Headers.ContentRange?.From == have:
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                // The local part does not belong to the file on the server.
                File.Delete(part);
                return "the file has changed since its beginning was downloaded";
            case HttpStatusCode.NotFound:
                throw new FileNotFoundException($"{address} is not there.");
            case HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                return $"the server answers {(int)response.StatusCode}";
            default:
                throw new VoiceException($"{address} could not be downloaded: the server answers {(int)response.StatusCode}. Check the address and the proxy, or set another mirror.");
        }

        var total = response.Content.Headers.ContentLength + have;
        if (total > (size ?? MaxUnknownSize) || (size is not null && total is not null && total != size))
        {
            throw new VoiceException($"{address} has {total} bytes, where {size ?? MaxUnknownSize} were expected. The file has changed upstream: update the catalogue, or set another mirror.");
        }

        await RememberTagAsync(response.Headers.ETag, part, cancellationToken);
        return await CopyAsync(response, part, have, total, size, progress, cancellationToken);
    }

    /// <summary>Keeps a strong tag beside the part, for the request that continues it.</summary>
    private static async Task RememberTagAsync(EntityTagHeaderValue? tag, string part, CancellationToken cancellationToken)
    {
        if (tag is { IsWeak: false } strong)
        {
            await File.WriteAllTextAsync(TagOf(part), strong.ToString(), cancellationToken);
        }
        else
        {
            File.Delete(TagOf(part));
        }
    }

    /// <summary>Appends the answer's bytes to the part.</summary>
    /// <param name="have">How many bytes of the part are kept.</param>
    /// <param name="total">How many bytes the file has, by the answer.</param>
    /// <param name="size">How many it should have, when that is known.</param>
    /// <returns>Why it is not complete; null when it is.</returns>
    private async Task<string?> CopyAsync(HttpResponseMessage response, string part, long have, long? total, long? size, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        await using var from = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var to = new FileStream(part, have == 0 ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.None, 1 << 16);
        var buffer = new byte[1 << 16];
        for (int read; (read = await from.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(Stall, clock, cancellationToken)) > 0;)
        {
            have += read;
            if (have > (size ?? MaxUnknownSize))
            {
                throw new VoiceException($"{response.RequestMessage!.RequestUri} goes on beyond the {size ?? MaxUnknownSize} bytes that were expected. The file has changed upstream: update the catalogue, or set another mirror.");
            }

            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            progress(have, total);
        }

        return have == (size ?? total ?? have) ? null : "the connection was cut";
    }
}
