using System.Text.Json;
using System.Text.RegularExpressions;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>The voices that can be installed by name: the file <c>voices.catalogue.json</c> beside the program.</summary>
/// <param name="Voices">In the file's order.</param>
public sealed partial record VoiceListing(IReadOnlyList<ListedVoice> Voices)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "voices.catalogue.json");

    /// <exception cref="VoiceException">The file cannot be read, or something in it is not valid; the message says what.</exception>
    public static VoiceListing Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var listing = JsonSerializer.Deserialize<VoiceListing>(file, Json) ?? throw new VoiceException($"{Path.GetFileName(path)} is empty.");
            foreach (var voice in listing.Voices)
            {
                voice.Check();
            }

            return listing.Voices.GroupBy(v => v.Id).FirstOrDefault(g => g.Count() > 1) is { } twice
                ? throw new VoiceException($"{Path.GetFileName(path)} lists {twice.Key} twice.")
                : listing;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new VoiceException($"{Path.GetFileName(path)} cannot be read: {e.Message}", e);
        }
    }

    /// <exception cref="VoiceException">No voice has that id.</exception>
    public ListedVoice Find(string id) => Voices.FirstOrDefault(v => v.Id == id)
        ?? throw new VoiceException($"The catalogue has no voice {id}. 'voices list' shows those it has.");

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$")]
    internal static partial Regex PlainName();

    [GeneratedRegex("^[0-9a-f]{64}$")]
    internal static partial Regex Sha256();

    [GeneratedRegex("^[0-9a-f]{32}$")]
    internal static partial Regex PlainMd5();
}

/// <summary>A voice that can be installed.</summary>
/// <param name="Id">Its name, and its folder's.</param>
/// <param name="Language">BCP 47 primary language.</param>
/// <param name="Layout"><c>piper</c> or <c>mms</c>.</param>
/// <param name="Licence">In a few words.</param>
/// <param name="NonCommercial">Whether the licence forbids commercial use, so that it must be accepted in as many words.</param>
/// <param name="Source">Where it comes from, for people.</param>
/// <param name="Base">The address that the files' paths are behind; ends in a slash.</param>
/// <param name="Files">Its files.</param>
public sealed record ListedVoice(
    string Id, string Language, string Layout, string Licence, bool NonCommercial, string Source, Uri Base, IReadOnlyList<ListedFile> Files)
{
    /// <summary>Bytes, as far as they are known.</summary>
    public long KnownSize => Files.Sum(f => f.Size ?? 0);

    internal void Check()
    {
        if (!VoiceListing.PlainName().IsMatch(Id ?? ""))
        {
            throw new VoiceException($"The catalogue lists a voice with the id '{Id}', which is no name of a folder.");
        }

        var wrong = string.IsNullOrWhiteSpace(Language) ? "language"
            : Layout is not ("piper" or "mms") ? "layout"
            : string.IsNullOrWhiteSpace(Licence) ? "licence"
            : Base is not { IsAbsoluteUri: true, Scheme: "http" or "https" } || !Base.AbsolutePath.EndsWith('/') ? "base"
            : Files is not { Count: > 0 } || Files.Any(f => f is null || !f.IsValid) || Files.DistinctBy(f => f.Path).Count() != Files.Count ? "files"
            : null;
        if (wrong is not null)
        {
            throw new VoiceException($"In the catalogue, '{wrong}' of the voice {Id} is not valid.");
        }
    }
}

/// <summary>A file of a voice.</summary>
/// <param name="Path">Behind the voice's base, and in its folder; at most one folder deep.</param>
/// <param name="Size">Bytes; null where nobody has told.</param>
/// <param name="Sha256">Lower-hex; null where nobody has told: the first install settles it.</param>
/// <param name="Md5">Lower-hex, where that is all that is published: it tells a spoilt file, not a forged one.</param>
/// <param name="Optional">Whether the voice speaks without it.</param>
public sealed record ListedFile(string Path, long? Size, string? Sha256, string? Md5 = null, bool Optional = false)
{
    internal bool IsValid =>
        Path is not null && Path.Split('/') is { Length: 1 or 2 } parts && parts.All(VoiceListing.PlainName().IsMatch)
        && Size is null or > 0
        && (Sha256 is null || VoiceListing.Sha256().IsMatch(Sha256))
        && (Md5 is null || VoiceListing.PlainMd5().IsMatch(Md5));
}
