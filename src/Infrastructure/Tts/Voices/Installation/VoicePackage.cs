using Dictation.Infrastructure.Tts.Voices.Installation.Hub;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>A voice that can be put into the directory of voices: its files, where they are, and how they are checked.</summary>
/// <param name="Id">Its name, and its folder's.</param>
/// <param name="Licence">As it is known before anything was downloaded.</param>
/// <param name="Source">Where it comes from, for people.</param>
/// <param name="Base">The address that the files' paths are behind; null for files that are on this machine alone.</param>
/// <param name="Files">The files that are needed, and no others.</param>
/// <param name="Origin">The repository or the folder; null for a voice of the catalogue.</param>
/// <param name="Local">Files that need no download, such as those in the hub's cache.</param>
public sealed record VoicePackage(
    string Id, Licence Licence, string Source, Uri? Base, IReadOnlyList<ListedFile> Files, PackageOrigin? Origin = null, LocalFiles? Local = null)
{
    /// <summary>More about the licence, for people.</summary>
    public string? LicenceNote { get; init; }

    /// <summary>Bytes, as far as they are known.</summary>
    public long KnownSize => Files.Sum(f => f.Size ?? 0);
}

/// <summary>Where a package was found.</summary>
/// <param name="Source">A repository's owner and name, or a folder.</param>
/// <param name="Commit">The repository's commit; null where it has none.</param>
public sealed record PackageOrigin(string Source, string? Commit)
{
    public override string ToString() => Commit is null ? Source : $"{Source} at {Commit}";
}

/// <summary>A file of a voice.</summary>
/// <param name="Path">Behind the voice's base, and in its folder; at most one folder deep.</param>
/// <param name="Size">Bytes; null where nobody has told.</param>
/// <param name="Sha256">Lower-hex; null where nobody has told: the first install settles it.</param>
/// <param name="Md5">Lower-hex, where that is all that is published: it tells a spoilt file, not a forged one.</param>
/// <param name="Optional">Whether the voice speaks without it.</param>
/// <param name="GitSha1">Git's name of the content, which the hub publishes of small files.</param>
public sealed record ListedFile(string Path, long? Size, string? Sha256, string? Md5 = null, bool Optional = false, string? GitSha1 = null)
{
    private static readonly string[] ModelEndings = [".onnx", ".safetensors"];

    internal bool IsValid =>
        Path is not null && Path.Split('/') is { Length: 1 or 2 } parts && parts.All(VoiceListing.PlainName().IsMatch)
        && Size is null or > 0
        && (Sha256 is null || Checksum.IsSha256(Sha256))
        && (Md5 is null || Checksum.IsMd5(Md5));

    /// <summary>Whether it is a network or a part of one; everything else is small, and is fetched and checked before.</summary>
    internal bool IsModel => ModelEndings.Any(e => Path.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a checksum is published that tells this file from every other.</summary>
    internal bool HasChecksum => Sha256 is not null || GitSha1 is not null;
}
