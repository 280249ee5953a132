using System.Net;
using System.Net.Http.Headers;
using Dictation.Infrastructure.Tts.Voices.Installation.Hub;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>
/// Downloads one file, going on where an earlier try stopped, within this run or before it. A connection that is cut or stalls is made
/// again; so is a request that the server puts off.
/// </summary>
/// <param name="connection">Makes the requests.</param>
/// <param name="address">http or https.</param>
/// <param name="path">The destination; has the suffix <c>.part</c> while it is incomplete.</param>
/// <param name="size">Bytes that it is known to have.</param>
/// <param name="sha256">Its checksum, where it is known: the hub states it before the file comes.</param>
/// <param name="refusal">Says why the hub does not give it; null where the address is not the hub's.</param>
internal sealed class FileDownload(
    HubConnection connection, Uri address, string path, long? size, string? sha256, Func<HttpResponseMessage, VoiceException>? refusal)
{
    public const string PartEnding = ".part", TagEnding = ".part.etag";

    /// <summary>A file whose size nobody has told may be this large.</summary>
    private const long MaxUnknownSize = 4L << 30;

    private readonly Uri _address = connection.Locate(address);
    private readonly string _part = path + PartEnding;
    private readonly string _tag = path + TagEnding;

    /// <param name="progress">Called with the bytes so far and the bytes in all, where the server tells.</param>
    /// <exception cref="VoiceException">It cannot be had; the message says why and what to do.</exception>
    /// <exception cref="FileNotFoundException">The server has no such file.</exception>
    public async Task RunAsync(Action<long, long?> progress, CancellationToken cancellationToken)
    {
        if (await connection.RetryAsync(() => TryAsync(progress, cancellationToken), Length, cancellationToken) is { } reason)
        {
            throw new VoiceException($"{_address} could not be downloaded: {reason}. Downloaded parts are kept; run the command again to continue, or set another mirror.");
        }

        File.Move(_part, path, overwrite: true);
        File.Delete(_tag);
    }

    private long Length() => File.Exists(_part) ? new FileInfo(_part).Length : 0;

    /// <returns>Null when the file is whole; else why another try is needed.</returns>
    private async Task<string?> TryAsync(Action<long, long?> progress, CancellationToken cancellationToken)
    {
        var have = Length();
        var (range, ifRange) = await RangeAsync(have, cancellationToken);
        using var answer = await connection.GetAsync(_address, range, ifRange, cancellationToken);
        var response = answer.Response;
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                have = 0;
                break;
            case HttpStatusCode.PartialContent when response.Content.Headers.ContentRange?.From == have:
                break;
            case HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable:
                // The local part does not belong to the file on the server.
                File.Delete(_part);
                return "the file has changed since its beginning was downloaded";
            case HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                return $"the server answers {(int)response.StatusCode}";
            default:
                throw Refused(response);
        }

        var total = response.Content.Headers.ContentLength + have;
        CheckStated(answer, total);
        await RememberTagAsync(response.Headers.ETag, cancellationToken);
        return await CopyAsync(response, have, total, progress, cancellationToken);
    }

    private async Task<(RangeHeaderValue? Range, RangeConditionHeaderValue? IfRange)> RangeAsync(long have, CancellationToken cancellationToken)
    {
        if (have == 0)
        {
            return (null, null);
        }

        // Only a strong tag proves that the rest belongs to what is there; without one, the checksum has to.
        var text = File.Exists(_tag) ? await File.ReadAllTextAsync(_tag, cancellationToken) : "";
        return (new RangeHeaderValue(have, null), EntityTagHeaderValue.TryParse(text, out var tag) ? new RangeConditionHeaderValue(tag) : null);
    }

    private Exception Refused(HttpResponseMessage response) =>
        refusal is not null && response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? refusal!(response)
        : response.StatusCode == HttpStatusCode.NotFound ? new FileNotFoundException($"{_address} is not there.")
        : new VoiceException($"{_address} could not be downloaded: the server answers {(int)response.StatusCode}. Check the address and the proxy, or set another mirror.");

    /// <summary>A file that is not the expected one is refused before it comes.</summary>
    private void CheckStated(HubAnswer answer, long? total)
    {
        var stated = answer.LinkedSize ?? total;
        if (stated > (size ?? MaxUnknownSize) || (size is not null && stated is not null && stated != size))
        {
            throw new VoiceException($"{_address} has {stated} bytes, where {size ?? MaxUnknownSize} were expected. The file has changed upstream: update the catalogue, or set another mirror.");
        }

        if (sha256 is not null && answer.LinkedSha256 is { } linked && linked != sha256)
        {
            throw new VoiceException($"{_address} leads to a file with another checksum than the one that was expected. The file has changed upstream: update the catalogue, or set another mirror.");
        }
    }

    /// <summary>Keeps a strong tag beside the part, for the request that continues it.</summary>
    private async Task RememberTagAsync(EntityTagHeaderValue? tag, CancellationToken cancellationToken)
    {
        if (tag is { IsWeak: false } strong)
        {
            await File.WriteAllTextAsync(_tag, strong.ToString(), cancellationToken);
        }
        else
        {
            File.Delete(_tag);
        }
    }

    /// <summary>Appends the answer's bytes to the part.</summary>
    /// <param name="have">How many bytes of the part are kept.</param>
    /// <param name="total">How many bytes the file has, by the answer.</param>
    /// <returns>Why it is not complete; null when it is.</returns>
    private async Task<string?> CopyAsync(HttpResponseMessage response, long have, long? total, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        await using var from = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var to = new FileStream(_part, have == 0 ? FileMode.Create : FileMode.Append, FileAccess.Write, FileShare.None, 1 << 16);
        var buffer = new byte[1 << 16];
        for (int read; (read = await connection.ReadAsync(from, buffer, cancellationToken)) > 0;)
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
