using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation.Hub;

/// <summary>Files that are on this machine already. Links among them are followed.</summary>
/// <param name="Folder">Holds them.</param>
/// <param name="LinkRoot">No link may lead out of it; null where the folder is the user's own.</param>
public sealed record LocalFiles(string Folder, string? LinkRoot)
{
    private const int MaxLinks = 40;

    private const string CacheMark = "models--", CacheSnapshots = "snapshots";

    /// <summary>The repository, where the folder is a snapshot in the hub's cache; else null.</summary>
    public string? Repository => LinkRoot is null ? null : string.Join('/', Path.GetFileName(LinkRoot)[CacheMark.Length..].Split("--", 2));

    /// <summary>The commit, likewise.</summary>
    public string? Commit => LinkRoot is null ? null : Path.GetRelativePath(Path.Combine(LinkRoot, CacheSnapshots), Folder).Split(Path.DirectorySeparatorChar)[0];

    /// <summary>A folder that the user names. The hub's cache links each file of a snapshot to its content beside the snapshots.</summary>
    public static LocalFiles At(string folder)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        for (var snapshot = full; Path.GetDirectoryName(snapshot) is { } snapshots; snapshot = snapshots)
        {
            if (Path.GetFileName(snapshots) == CacheSnapshots && Path.GetDirectoryName(snapshots) is { } repository
                && Path.GetFileName(repository).StartsWith(CacheMark, StringComparison.Ordinal))
            {
                return new LocalFiles(full, repository);
            }
        }

        return new LocalFiles(full, null);
    }

    /// <summary>What the hub's cache holds of a commit; null where it holds nothing of it.</summary>
    public static LocalFiles? InCache(string cache, string repository, string commit) =>
        Path.Combine(cache, CacheMark + repository.Replace("/", "--", StringComparison.Ordinal), CacheSnapshots, commit) is var folder && Directory.Exists(folder) ? At(folder) : null;

    /// <summary>The file itself, behind all links; null where there is none.</summary>
    /// <exception cref="VoiceException">A link leads out of the hub's cache.</exception>
    public string? Find(string path)
    {
        if (RealPath(Path.Combine(Folder, path)) is not { } file || !File.Exists(file))
        {
            return null;
        }

        return LinkRoot is null || (RealPath(LinkRoot) is { } root && file.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            ? file
            : throw new VoiceException($"{Path.Combine(Folder, path)} is a link out of the hub's cache and is not followed. Remove {LinkRoot}, and install again.");
    }

    /// <summary>A path without links; null where they go in circles.</summary>
    private static string? RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        var rest = new Stack<string>();
        Push(full[real.Length..]);
        for (var links = 0; rest.TryPop(out var part);)
        {
            var next = Path.GetFullPath(Path.Combine(real, part));
            if (new FileInfo(next).LinkTarget is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            var root = Path.GetPathRoot(target) ?? "";
            real = root.Length > 0 ? root : real;
            Push(target[root.Length..]);
        }

        return real;

        void Push(string segments)
        {
            foreach (var segment in segments.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                rest.Push(segment);
            }
        }
    }
}
