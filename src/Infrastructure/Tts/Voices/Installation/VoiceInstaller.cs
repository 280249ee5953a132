using System.Security.Cryptography;
using System.Text.Json;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>
/// Puts voices into a directory, checks them and removes them. A voice is downloaded beside its place, into a folder that the service does
/// not look at, and moved there whole. Where nobody publishes a checksum, the first install settles it: <see cref="PinsFile"/> keeps it.
/// </summary>
/// <param name="directory">The directory with the voices.</param>
/// <param name="http">Downloads; without a time limit of its own.</param>
/// <param name="clock">Measures stalls and waits.</param>
/// <param name="mirror">Takes the place of scheme and host of every address; null for upstream itself.</param>
public sealed class VoiceInstaller(string directory, HttpClient http, TimeProvider clock, Uri? mirror = null)
{
    /// <summary>The checksums that first installs settled, in the directory of the voices.</summary>
    public const string PinsFile = "voices.lock.json";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The names of the voices that are there, in ordinal order.</summary>
    public IReadOnlyList<string> Installed() => !Directory.Exists(directory) ? [] : [.. Directory.EnumerateDirectories(directory)
        .Where(InstalledVoice.Matches)
        .Select(d => VoiceNames.Compose(Path.GetFileName(d)))
        .Order(StringComparer.Ordinal)];

    /// <summary>Downloads, checks and places a voice; one that is there already is replaced.</summary>
    /// <param name="voice">Which.</param>
    /// <param name="progress">Called with the file, the bytes so far and the bytes in all, where they are known.</param>
    /// <returns>The files whose checksum nobody publishes and which were pinned just now; and what keeps the service from using the voice, or null.</returns>
    /// <exception cref="VoiceException">It cannot be installed; the message says why and what to do. Downloaded parts are kept for the next try.</exception>
    public async Task<(IReadOnlyList<string> Pinned, string? Problem)> InstallAsync(ListedVoice voice, Action<string, long, long?> progress, CancellationToken cancellationToken)
    {
        var partial = Path.Combine(directory, $".{voice.Id}.partial");
        var pins = ReadPins();
        var settled = pins.GetValueOrDefault(voice.Id) ?? [];
        var pinned = new List<string>();
        try
        {
            Directory.CreateDirectory(partial);
            CheckSpace(voice, partial);
            foreach (var file in voice.Files)
            {
                if (await FetchAsync(voice, file, partial, file.Sha256 ?? settled.GetValueOrDefault(file.Path), progress, cancellationToken) is { } hash && file.Sha256 is null && settled.TryAdd(file.Path, hash))
                {
                    pinned.Add(file.Path);
                }
            }

            if (settled.Count > 0)
            {
                pins[voice.Id] = settled;
                WritePins(pins);
            }

            Place(partial, voice.Id);
        }
        catch (Exception e) when (e is UnauthorizedAccessException || (e is IOException and not FileNotFoundException))
        {
            throw new VoiceException($"The directory of the voices cannot be written: {e.Message}", e);
        }

        return (pinned, Problem(voice.Id));
    }

    /// <summary>Holds an installed voice against the checksums of the catalogue and the pins.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="voice">The catalogue's entry; null without one.</param>
    /// <returns>Its faults, empty when there is none, and how many of its files could be compared with a checksum.</returns>
    public (IReadOnlyList<string> Problems, int Checked) Verify(string id, ListedVoice? voice)
    {
        if (FolderOf(id) is not { } folder)
        {
            return ([$"{id} is not installed."], 0);
        }

        var problems = new List<string>();
        var settled = ReadPins().GetValueOrDefault(id) ?? [];
        var known = (voice?.Files ?? []).ToDictionary(f => f.Path, f => f.Sha256 ?? settled.GetValueOrDefault(f.Path), StringComparer.Ordinal);
        foreach (var (path, hash) in settled)
        {
            known.TryAdd(path, hash);
        }

        var count = 0;
        foreach (var (path, expected) in known)
        {
            var file = Path.Combine(folder, path);
            var optional = voice?.Files.Any(f => f.Path == path && f.Optional) ?? false;
            if (!File.Exists(file))
            {
                if (!optional || expected is not null)
                {
                    problems.Add($"{id}: {path} is missing. Install the voice again.");
                }
            }
            else if (expected is not null)
            {
                count++;
                if (Hash(file) != expected)
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

    /// <summary>The folder of that name, composed or decomposed; null where there is none.</summary>
    private string? FolderOf(string id) => !Directory.Exists(directory) ? null : Directory.EnumerateDirectories(directory)
        .Where(d => !Path.GetFileName(d).StartsWith('.'))
        .FirstOrDefault(d => VoiceNames.Compose(Path.GetFileName(d)) == VoiceNames.Compose(id));

    /// <summary>Removes a voice. Its pins stay, so that it cannot come back as another.</summary>
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
            if (Directory.Exists(going))
            {
                Directory.Delete(going, recursive: true);
            }

            Directory.Move(folder, going);
            Directory.Delete(going, recursive: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VoiceException($"{id} cannot be removed: {e.Message}", e);
        }
    }

    private static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    // Piper's list of voices publishes nothing better for some; what came is pinned by its SHA-256 all the same.
    private static string Md5(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(MD5.HashData(file));
    }

    private static void CheckSpace(ListedVoice voice, string partial)
    {
        var needed = voice.KnownSize - Directory.EnumerateFiles(partial, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);
        var free = new DriveInfo(Path.GetFullPath(partial)).AvailableFreeSpace;
        if (needed > free)
        {
            throw new VoiceException($"{voice.Id} needs {needed / 1_000_000} MB more, and the disk has {free / 1_000_000} MB free. Make room, or choose another directory.");
        }
    }

    /// <returns>The file's checksum; null where the server does not have it and the voice does without.</returns>
    private async Task<string?> FetchAsync(
        ListedVoice voice, ListedFile file, string partial, string? expected, Action<string, long, long?> progress, CancellationToken cancellationToken)
    {
        var path = Path.Combine(partial, file.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var address = new Uri(Mirrored(voice.Base), file.Path);
        for (var again = false; ; again = true)
        {
            if (!File.Exists(path))
            {
                try
                {
                    // A size is a promise where a checksum is; where none is, it may be another revision's.
                    await new FileDownload(http, clock).RunAsync(
                        address, path, file.Sha256 is null ? null : file.Size, (have, total) => progress(file.Path, have, total ?? file.Size), cancellationToken);
                }
                catch (FileNotFoundException) when (file.Optional)
                {
                    return null;
                }
                catch (FileNotFoundException e)
                {
                    throw new VoiceException($"{e.Message} The catalogue may be out of date, or the mirror incomplete.", e);
                }
            }

            var hash = Hash(path);
            if (expected is not null ? hash == expected : file.Md5 is null || Md5(path) == file.Md5)
            {
                return hash;
            }

            File.Delete(path);
            if (again)
            {
                throw new VoiceException(file.Sha256 is null && expected is not null
                    ? $"{address} is not the file that was first installed as {voice.Id}. If it was really published again, remove {voice.Id} from {PinsFile} and install it again."
                    : $"{address} does not have the checksum that the catalogue states, twice. A proxy or the mirror may have spoilt it; try another.");
            }
        }
    }

    private Uri Mirrored(Uri address) => mirror is null ? address : new Uri(new Uri(mirror.AbsoluteUri.TrimEnd('/') + '/'), address.AbsolutePath.TrimStart('/'));

    private void Place(string partial, string id)
    {
        var (place, old) = (Path.Combine(directory, id), Path.Combine(directory, $".{id}.removed"));
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }

        if (Directory.Exists(place))
        {
            Directory.Move(place, old);
        }

        Directory.Move(partial, place);
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }
    }

    private string? Problem(string id)
    {
        try
        {
            InstalledVoice.Read(Path.Combine(directory, id));
            return null;
        }
        catch (VoiceException e)
        {
            return e.Message;
        }
    }

    private Dictionary<string, Dictionary<string, string>> ReadPins()
    {
        var path = Path.Combine(directory, PinsFile);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(File.ReadAllBytes(path)) ?? [] : [];
        }
        catch (JsonException e)
        {
            throw new VoiceException($"{PinsFile} in the directory of the voices is damaged. Restore it, or delete it to trust the next install of each voice.", e);
        }
    }

    private void WritePins(Dictionary<string, Dictionary<string, string>> pins)
    {
        var path = Path.Combine(directory, PinsFile);
        File.WriteAllBytes(path + ".new", JsonSerializer.SerializeToUtf8Bytes(pins, Json));
        File.Move(path + ".new", path, overwrite: true);
    }
}
