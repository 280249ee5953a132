using System.Net;
using System.Security.Cryptography;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation.Hub;

/// <summary>Asks the hub what a repository holds, and reads its small files.</summary>
/// <param name="connection">Makes the requests.</param>
public sealed class HubClient(HubConnection connection)
{
    private const int MaxMetadata = 64 << 20;

    /// <summary>Asks for the files of a repository at one of its revisions.</summary>
    /// <param name="repository">Owner and name.</param>
    /// <param name="revision">A commit, a branch or a tag.</param>
    /// <exception cref="VoiceException">There is none, or it may not be read; the message says which and what to do.</exception>
    public async Task<HubRevision> ReadRevisionAsync(string repository, string revision, CancellationToken cancellationToken)
    {
        var address = new Uri(HubSettings.Public, $"api/models/{repository}/revision/{Uri.EscapeDataString(revision)}?blobs=true");
        var json = await ReadAsync(address, MaxMetadata, response => HubRefusal.For(response, repository, revision, connection.HasToken), cancellationToken);
        var found = HubRevision.Parse(repository, json);
        return !Checksum.IsSha1(revision) || found.Commit == revision
            ? found
            : throw new VoiceException($"The hub was asked for the commit {revision} of {repository}, and answered with {found.Commit}. Check HF_ENDPOINT or the mirror.");
    }

    /// <summary>Reads a small file and compares it with its checksum.</summary>
    /// <exception cref="VoiceException">It cannot be read, is too large, or is not the file that the hub lists.</exception>
    public async Task<byte[]> ReadFileAsync(HubRevision revision, HubFile file, int maxBytes, CancellationToken cancellationToken)
    {
        var address = new Uri(revision.Root, file.Path);
        var content = await ReadAsync(address, maxBytes, response => HubRefusal.For(response, revision.Repository, revision.Commit, connection.HasToken), cancellationToken);
        using var stream = new MemoryStream(content);
        var isIt = file.Sha256 is not null ? Convert.ToHexStringLower(SHA256.HashData(content)) == file.Sha256
            : file.GitSha1 is null || Checksum.GitBlob(stream) == file.GitSha1;
        return isIt ? content : throw new VoiceException($"{address} does not have the checksum that the hub states. A proxy or the mirror may have spoilt it; try again, or set another mirror.");
    }

    private async Task<byte[]> ReadAsync(Uri address, int maxBytes, Func<HttpResponseMessage, VoiceException> refusal, CancellationToken cancellationToken)
    {
        var located = connection.Locate(address);
        byte[] content = [];
        if (await connection.RetryAsync(TryAsync, () => 0, cancellationToken) is { } reason)
        {
            throw new VoiceException($"{located} could not be read: {reason}. Check the connection, HF_ENDPOINT and the proxy.");
        }

        return content;

        async Task<string?> TryAsync()
        {
            using var answer = await connection.GetAsync(located, null, null, cancellationToken);
            if (answer.Response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
            {
                return $"the server answers {(int)answer.Response.StatusCode}";
            }

            if (answer.Response.StatusCode != HttpStatusCode.OK)
            {
                throw refusal(answer.Response);
            }

            using var read = new MemoryStream();
            await using var body = await answer.Response.Content.ReadAsStreamAsync(cancellationToken);
            var buffer = new byte[1 << 16];
            for (int count; (count = await connection.ReadAsync(body, buffer, cancellationToken)) > 0;)
            {
                read.Write(buffer, 0, count);
                if (read.Length > maxBytes)
                {
                    throw new VoiceException($"{located} is larger than {maxBytes >> 20} MB, which is more than it can need.");
                }
            }

            content = read.ToArray();
            return null;
        }
    }
}

/// <summary>Why the hub gives something to nobody, or not to this caller, as a sentence that says what to do.</summary>
internal static class HubRefusal
{
    /// <param name="hasToken">Whether a token is set, right or wrong.</param>
    public static VoiceException For(HttpResponseMessage response, string repository, string revision, bool hasToken)
    {
        var (status, code) = ((int)response.StatusCode, HubAnswer.Header(response, "X-Error-Code"));
        return new VoiceException((status, code) switch
        {
            (403, _) or (401, "GatedRepo") =>
                $"{repository} is gated: accept the conditions on {new Uri(HubSettings.Public, repository)}, and set HF_TOKEN to a token of the same account that may read gated repositories.",
            (401, _) when hasToken =>
                $"The hub refuses {repository} to this token. Either the token is wrong or expired, which the hub answers even for public repositories: correct or remove HF_TOKEN. Or the repository does not exist, is private or is gated.",
            (401, _) => $"{repository} does not exist, is private or is gated. Check the name; for a private or gated repository set HF_TOKEN.",
            (404, "RevisionNotFound") => $"{repository} has no revision {revision}.",
            (404, "EntryNotFound") => $"{repository} lacks a file at the revision {revision} that it lists.",
            (404, _) => $"The hub has no repository {repository}, or that has no revision {revision}. Check both; VOICES_MIRROR and HF_ENDPOINT must behave as the hub does.",
            _ => $"{response.RequestMessage?.RequestUri} answers {status}. Check HF_ENDPOINT, the mirror and the proxy.",
        });
    }
}
