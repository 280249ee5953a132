using Dictation.Infrastructure.Tts.Voices.Installation.Hub;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>Fills a folder with the files of a package, each checked whole. What is on this machine already is copied, the rest downloaded.</summary>
/// <param name="package">The voice.</param>
/// <param name="folder">Gets the files.</param>
/// <param name="settled">SHA-256 by path, of files that were installed before and have no published checksum.</param>
/// <param name="connection">Makes the requests.</param>
/// <param name="progress">Called with the file, the bytes so far and the bytes in all, where they are known.</param>
internal sealed class PackageDownload(
    VoicePackage package, string folder, IReadOnlyDictionary<string, string> settled, HubConnection connection, Action<string, long, long?> progress)
{
    private const int MaxDownloads = 2;

    /// <summary>Of a copy that is not whole yet.</summary>
    private const string CopyEnding = ".copy";

    /// <summary>Removes what an earlier try left of files that this package does not have.</summary>
    public void Clean()
    {
        if (package.Base is null && Directory.Exists(folder))
        {
            // Nothing proves that what was copied before is the same as what is there now.
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        var own = package.Files
            .SelectMany(f => new[] { "", FileDownload.PartEnding, FileDownload.TagEnding }.Select(e => Path.Combine(folder, f.Path.Replace('/', Path.DirectorySeparatorChar)) + e))
            .ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(f => !own.Contains(f)))
        {
            File.Delete(file);
        }
    }

    /// <summary>Puts a file in its place.</summary>
    /// <returns>Its SHA-256; null where the server does not have it and the voice does without.</returns>
    /// <exception cref="VoiceException">It cannot be had, or is not the one that was published.</exception>
    public async Task<string?> FetchAsync(ListedFile file, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var local = LocalOf(file);
        var downloads = 0;
        while (true)
        {
            if (File.Exists(path))
            {
                // Of an earlier try.
            }
            else if (local is not null)
            {
                await CopyAsync(local, path, cancellationToken);
                progress(file.Path, new FileInfo(path).Length, new FileInfo(path).Length);
                local = null;
            }
            else if (package.Base is null)
            {
                throw new VoiceException($"{Path.Combine(package.Source, file.Path)} is not there, or changes while it is copied.");
            }
            else if (downloads++ == MaxDownloads)
            {
                throw Spoilt(file);
            }
            else if (!await DownloadAsync(file, path, cancellationToken))
            {
                return null;
            }

            var hash = Checksum.Sha256(path);
            if (IsPublished(file, path, hash))
            {
                return hash;
            }

            File.Delete(path);
        }
    }

    /// <summary>The file on this machine; null where there is none of the published size.</summary>
    private string? LocalOf(ListedFile file) => package.Local?.Find(file.Path) is { } local && (file.Size is null || new FileInfo(local).Length == file.Size) ? local : null;

    private static async Task CopyAsync(string local, string path, CancellationToken cancellationToken)
    {
        FileStream from;
        try
        {
            from = new FileStream(local, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException($"{local} cannot be read: {e.Message}", e);
        }

        await using (from)
        {
            await using var to = new FileStream(path + CopyEnding, FileMode.Create, FileAccess.Write, FileShare.None);
            await from.CopyToAsync(to, cancellationToken);
        }

        File.Move(path + CopyEnding, path);
    }

    private bool IsPublished(ListedFile file, string path, string hash) =>
        file.Sha256 is { } sha256 ? hash == sha256
        : file.GitSha1 is { } blob ? Checksum.GitBlob(path) == blob
        : settled.TryGetValue(file.Path, out var first) ? hash == first
        : file.Md5 is null || Checksum.Md5(path) == file.Md5;

    /// <returns>Whether the server has it.</returns>
    private async Task<bool> DownloadAsync(ListedFile file, string path, CancellationToken cancellationToken)
    {
        var address = new Uri(package.Base!, file.Path);
        Func<HttpResponseMessage, VoiceException>? refusal = package.Origin is { } origin
            ? response => HubRefusal.For(response, origin.Source, origin.Commit!, connection.HasToken)
            : null;
        try
        {
            // A size is a promise where a checksum is; where none is, it may be another revision's.
            await new FileDownload(connection, address, path, file.HasChecksum ? file.Size : null, file.Sha256, refusal)
                .RunAsync((have, total) => progress(file.Path, have, total ?? file.Size), cancellationToken);
            return true;
        }
        catch (FileNotFoundException) when (file.Optional)
        {
            return false;
        }
        catch (FileNotFoundException e)
        {
            throw new VoiceException($"{e.Message} The catalogue may be out of date, or the mirror incomplete.", e);
        }
    }

    private VoiceException Spoilt(ListedFile file)
    {
        var address = connection.Locate(new Uri(package.Base!, file.Path));
        return new VoiceException(!file.HasChecksum && settled.ContainsKey(file.Path)
            ? $"{address} is not the file that was first installed as {package.Id}. If it was really published again, remove {package.Id} from {VoiceLock.FileName} and install it again."
            : $"{address} does not have the checksum that {(package.Origin is null ? "the catalogue" : "the hub")} states, twice. A proxy or the mirror may have spoilt it; try another.");
    }
}
