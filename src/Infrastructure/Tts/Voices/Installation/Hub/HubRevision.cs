using System.Text.Json;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation.Hub;

/// <summary>A repository at one commit.</summary>
/// <param name="Repository">Owner and name.</param>
/// <param name="Commit">40 hexadecimal digits.</param>
/// <param name="Files">All its files.</param>
/// <param name="Licence">As its card states it; null where it does not.</param>
public sealed record HubRevision(string Repository, string Commit, IReadOnlyList<HubFile> Files, string? Licence)
{
    private const int MaxFiles = 100_000;

    /// <summary>The address that the files' paths are behind.</summary>
    public Uri Root => new(HubSettings.Public, $"{Repository}/resolve/{Commit}/");

    /// <summary>Its page, for people.</summary>
    public string Page => new Uri(HubSettings.Public, $"{Repository}/tree/{Commit}").AbsoluteUri;

    public HubFile? Find(string path) => Files.FirstOrDefault(f => f.Path == path);

    /// <param name="json">The hub's answer about a revision.</param>
    /// <exception cref="VoiceException">It is none.</exception>
    internal static HubRevision Parse(string repository, byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var commit = Words(root, "sha");
            if (commit is null || !Checksum.IsSha1(commit) || !root.TryGetProperty("siblings", out var files) || files.GetArrayLength() > MaxFiles)
            {
                throw Strange(repository, null);
            }

            return new HubRevision(repository, commit, [.. files.EnumerateArray().Select(File)], LicenceOf(root));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw Strange(repository, e);
        }
    }

    private static HubFile File(JsonElement file)
    {
        var lfs = Member(file, "lfs");
        var size = Member(lfs ?? file, "size") ?? Member(file, "size");
        var sha256 = lfs is { } large ? Words(large, "sha256") ?? Words(large, "oid") : null;
        return new HubFile(
            Words(file, "rfilename") ?? "",
            size?.GetInt64(),
            sha256 is not null && Checksum.IsSha256(sha256) ? sha256 : null,

            // Of a large file it names the pointer, not the content.
            lfs is null && Words(file, "blobId") is { } blob && Checksum.IsSha1(blob) ? blob : null);
    }

    /// <summary>A licence that the hub has no name for is "other", with a name of its own.</summary>
    private static string? LicenceOf(JsonElement root)
    {
        if (Member(root, "cardData") is not { } card || Member(card, "license") is not { } licence)
        {
            return null;
        }

        var name = licence.ValueKind == JsonValueKind.Array ? string.Join(" and ", licence.EnumerateArray().Select(l => l.GetString())) : licence.GetString();
        return name == "other" && Member(card, "license_name") is { } other ? other.GetString() : name;
    }

    private static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? Words(JsonElement of, string name) => Member(of, name)?.GetString();

    private static VoiceException Strange(string repository, Exception? cause) =>
        new($"The hub's answer about {repository} is not one that it gives. Check HF_ENDPOINT or the mirror.", cause);
}

/// <summary>A file of a repository.</summary>
/// <param name="Path">Behind the repository's root, with slashes.</param>
/// <param name="Size">Bytes; null where the hub does not tell.</param>
/// <param name="Sha256">Of a large file.</param>
/// <param name="GitSha1">Of a small file: git's name of its content.</param>
public sealed record HubFile(string Path, long? Size, string? Sha256, string? GitSha1);
