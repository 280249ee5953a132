using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Dictation.Shared;

/// <summary>A repository on the hub of a test.</summary>
internal sealed class HubServerRepository
{
    private const string First = "1111111111111111111111111111111111111111";

    public HubServerRepository(Dictionary<string, byte[]> files) => Commits[First] = files;

    /// <summary>Files by commit.</summary>
    public Dictionary<string, Dictionary<string, byte[]>> Commits { get; } = [];

    public string Main { get; set; } = First;

    /// <summary>The files of the branch main.</summary>
    public Dictionary<string, byte[]> Files => Commits[Main];

    public string? Licence { get; init; }

    public bool IsPrivate { get; init; }

    public bool IsGated { get; init; }

    /// <summary>Whether the account with the right token accepted the conditions.</summary>
    public bool IsAccepted { get; init; }

    /// <summary>Checksums that the hub states on the way to the content host in place of the right ones.</summary>
    public Dictionary<string, string> StatedSha256 { get; } = [];

    public static bool IsLarge(string path) => path.EndsWith(".safetensors", StringComparison.Ordinal) || path.EndsWith(".onnx", StringComparison.Ordinal) || path.EndsWith(".bin", StringComparison.Ordinal);

    public static string BlobId(byte[] content) => Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));

    /// <summary>Moves the branch main to a commit of the same files with some changed.</summary>
    public void Commit(string commit, params (string Path, byte[] Content)[] changes)
    {
        Commits[commit] = new Dictionary<string, byte[]>(Files);
        Main = commit;
        foreach (var (path, content) in changes)
        {
            Files[path] = content;
        }
    }

    public void Set(string path, string content) => Files[path] = Encoding.UTF8.GetBytes(content);

    public string? CommitOf(string revision) => revision == "main" ? Main : Commits.ContainsKey(revision) ? revision : null;

    public JsonObject Metadata(string name, string commit) => new()
    {
        ["id"] = name,
        ["sha"] = commit,
        ["gated"] = IsGated ? "auto" : false,
        ["cardData"] = Licence is null ? null : new JsonObject { ["license"] = Licence },
        ["siblings"] = new JsonArray([.. Commits[commit].Select(f => new JsonObject
        {
            ["rfilename"] = f.Key,
            ["size"] = f.Value.Length,
            ["blobId"] = BlobId(f.Value),
            ["lfs"] = IsLarge(f.Key) ? new JsonObject { ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(f.Value)), ["size"] = f.Value.Length, ["pointerSize"] = 130 } : null,
        })]),
    };
}
