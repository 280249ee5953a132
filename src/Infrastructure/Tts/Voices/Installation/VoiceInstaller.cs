using Dictation.Infrastructure.Tts.Voices.Installation.Hub;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>
/// Puts voices into a directory, checks them and removes them. A voice is downloaded beside its place, into a folder that the service does
/// not look at, and moved there whole. Where nobody publishes a checksum, the first install settles it: <see cref="PinsFile"/> keeps it.
/// </summary>
/// <param name="directory">The directory with the voices.</param>
/// <param name="connection">Makes the requests.</param>
/// <param name="families">Read what was installed.</param>
public sealed class VoiceInstaller(string directory, HubConnection connection, VoiceFamilies families)
{
    /// <summary>What was installed, and the checksums that first installs settled, in the directory of the voices.</summary>
    public const string PinsFile = VoiceLock.FileName;

    private readonly VoiceLock _lock = new(directory);

    /// <summary>The names of the voices that are there, in ordinal order.</summary>
    public IReadOnlyList<string> Installed() => !Directory.Exists(directory) ? [] : [.. Directory.EnumerateDirectories(directory)
        .Where(families.Matches)
        .Select(d => VoiceNames.Compose(Path.GetFileName(d)))
        .Order(StringComparer.Ordinal)];

    /// <summary>Says that a voice was last installed from elsewhere or at another commit; null where it was not.</summary>
    public string? ChangeOf(VoicePackage package) =>
        _lock.Find(package.Id) is { } before && before.Origin != package.Origin
            ? $"{package.Id} was last installed from {Words(before.Origin)}; this installs {Words(package.Origin)}."
            : null;

    /// <summary>Fetches a voice's small files and looks whether the service will be able to use it.</summary>
    /// <returns>Its licence, which may stand on its card alone.</returns>
    /// <exception cref="VoiceException">It cannot be used; nothing large was downloaded.</exception>
    public async Task<Licence> PrepareAsync(VoicePackage package, Action<string, long, long?> progress, CancellationToken cancellationToken)
    {
        var download = Begin(package, progress);
        await WritingAsync(async () =>
        {
            download.Clean();
            foreach (var file in package.Files.Where(f => !f.IsModel))
            {
                await download.FetchAsync(file, cancellationToken);
            }
        });
        try
        {
            VoicePreflight.Check(PartialOf(package.Id), package.Files);
        }
        catch (VoiceException e)
        {
            throw new VoiceException($"{package.Id} cannot be used and was not installed. {e.Message}", e);
        }

        return package.Licence.IsKnown ? package.Licence : Licence.From(VoiceCard.Licence(PartialOf(package.Id)));
    }

    /// <summary>Downloads, checks and places a voice; one that is there already is replaced.</summary>
    /// <param name="package">Which.</param>
    /// <param name="progress">Called with the file, the bytes so far and the bytes in all, where they are known.</param>
    /// <returns>The files whose checksum nobody publishes and which were pinned just now; and what keeps the service from using the voice, or null.</returns>
    /// <exception cref="VoiceException">It cannot be installed; the message says why and what to do. Downloaded parts are kept for the next try.</exception>
    public async Task<(IReadOnlyList<string> Pinned, string? Problem)> InstallAsync(VoicePackage package, Action<string, long, long?> progress, CancellationToken cancellationToken)
    {
        await PrepareAsync(package, progress, cancellationToken);
        var settled = Settled(package);
        var download = Begin(package, progress);
        var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
        await WritingAsync(async () =>
        {
            CheckSpace(package, PartialOf(package.Id));
            foreach (var file in package.Files)
            {
                if (await download.FetchAsync(file, cancellationToken) is { } hash)
                {
                    hashes[file.Path] = hash;
                }
            }

            Remember(package, settled, hashes);
            Place(package.Id);
        });
        return (package.Base is null ? [] : [.. package.Files.Where(f => !f.HasChecksum && hashes.ContainsKey(f.Path) && !settled.ContainsKey(f.Path)).Select(f => f.Path)], Problem(package.Id));
    }

    /// <summary>Holds an installed voice against the checksums of the catalogue and those that were kept.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="listed">The catalogue's entry; null without one.</param>
    /// <returns>Its faults, empty when there is none, and how many of its files could be compared with a checksum.</returns>
    public (IReadOnlyList<string> Problems, int Checked) Verify(string id, VoicePackage? listed)
    {
        if (FolderOf(id) is not { } folder)
        {
            return ([$"{id} is not installed."], 0);
        }

        var problems = new List<string>();
        var count = 0;
        foreach (var (path, expected, isOptional) in Expected(id, listed))
        {
            var file = Path.Combine(folder, path);
            if (!File.Exists(file))
            {
                if (!isOptional || expected is not null)
                {
                    problems.Add($"{id}: {path} is missing. Install the voice again.");
                }
            }
            else if (expected is not null)
            {
                count++;
                if (Checksum.Sha256(file) != expected)
                {
                    problems.Add($"{id}: {path} is not the file that was published or first installed. Install the voice again.");
                }
            }
        }

        if (Problem(id) is { } problem)
        {
            problems.Add($"{id}: {problem}");
        }

        return (problems, count);
    }

    /// <summary>Removes a voice. What was kept of it stays, so that it cannot come back as another.</summary>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="VoiceException">It cannot be removed.</exception>
    public bool Remove(string id)
    {
        if (FolderOf(id) is not { } folder)
        {
            return false;
        }

        try
        {
            // Renamed first: half a voice is never seen.
            var going = Path.Combine(directory, $".{Path.GetFileName(folder)}.removed");
            Delete(going);
            Directory.Move(folder, going);
            Directory.Delete(going, recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException($"{id} cannot be removed: {e.Message}", e);
        }
    }

    private static string Words(PackageOrigin? origin) => origin?.ToString() ?? "the catalogue";

    private static void CheckSpace(VoicePackage package, string partial)
    {
        var needed = package.KnownSize - Directory.EnumerateFiles(partial, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        var free = new DriveInfo(Path.GetFullPath(partial)).AvailableFreeSpace;
        if (needed > free)
        {
            throw new VoiceException($"{package.Id} needs {needed / 1_000_000} MB more, and the disk has {free / 1_000_000} MB free. Make room, or choose another directory.");
        }
    }

    private static async Task WritingAsync(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException and not FileNotFoundException))
        {
            throw new VoiceException($"The directory of the voices cannot be written: {e.Message}", e);
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private PackageDownload Begin(VoicePackage package, Action<string, long, long?> progress) =>
        new(package, PartialOf(package.Id), Settled(package), connection, progress);

    /// <summary>Where a voice is filled. It has the voice's name, which may tell the language.</summary>
    private string PartialOf(string id) => Path.Combine(directory, $".{id}.partial", id);

    /// <summary>The checksums that earlier installs settled for files of the same origin.</summary>
    private Dictionary<string, string> Settled(VoicePackage package) =>
        package.Base is not null && _lock.Find(package.Id) is { } locked && locked.Origin == package.Origin ? locked.Files : [];

    private void Remember(VoicePackage package, Dictionary<string, string> settled, Dictionary<string, string> hashes)
    {
        var kept = package.Origin is { } origin
            ? new LockedVoice(hashes, origin.Source, origin.Commit)
            : new LockedVoice(package.Files.Where(f => !f.HasChecksum).Select(f => f.Path).Union(settled.Keys)
                .Where(p => settled.ContainsKey(p) || hashes.ContainsKey(p))
                .ToDictionary(p => p, p => settled.GetValueOrDefault(p) ?? hashes[p], StringComparer.Ordinal));
        if (kept.Files.Count > 0 || _lock.Find(package.Id) is not null)
        {
            _lock.Set(package.Id, kept);
        }
    }

    /// <summary>The files that a voice should have, and their SHA-256 where it is known. What came from a repository is known from its install.</summary>
    private List<(string Path, string? Sha256, bool IsOptional)> Expected(string id, VoicePackage? listed)
    {
        var locked = _lock.Find(id);
        var settled = locked?.Files ?? [];
        var files = locked?.Origin is null ? listed?.Files ?? [] : [];
        return [.. files.Select(f => (f.Path, f.Sha256 ?? settled.GetValueOrDefault(f.Path), f.Optional)),
            .. settled.Where(s => files.All(f => f.Path != s.Key)).Select(s => (s.Key, (string?)s.Value, false))];
    }

    /// <summary>The folder of that name, composed or decomposed; null where there is none.</summary>
    private string? FolderOf(string id) => !Directory.Exists(directory) ? null : Directory.EnumerateDirectories(directory)
        .Where(d => !Path.GetFileName(d).StartsWith('.'))
        .FirstOrDefault(d => VoiceNames.Compose(Path.GetFileName(d)) == VoiceNames.Compose(id));

    private void Place(string id)
    {
        var (partial, old) = (PartialOf(id), Path.Combine(directory, $".{id}.removed"));
        Delete(old);
        if (FolderOf(id) is { } there)
        {
            Directory.Move(there, old);
        }

        Directory.Move(partial, Path.Combine(directory, id));
        Directory.Delete(Path.GetDirectoryName(partial)!, recursive: true);
        Delete(old);
    }

    private string? Problem(string id)
    {
        try
        {
            families.Read(FolderOf(id) ?? Path.Combine(directory, id));
            return null;
        }
        catch (VoiceException e)
        {
            return e.Message;
        }
    }
}
