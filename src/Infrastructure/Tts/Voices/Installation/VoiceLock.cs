using System.Text.Json;
using System.Text.Json.Serialization;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>The file in the directory of voices that keeps what was installed: repositories, their commits, and the SHA-256 of files.</summary>
/// <param name="directory">The directory of the voices.</param>
internal sealed class VoiceLock(string directory)
{
    public const string FileName = "voices.lock.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private string Location => Path.Combine(directory, FileName);

    /// <summary>What was installed last under a name; null where nothing was.</summary>
    /// <exception cref="VoiceException">The file is damaged.</exception>
    public LockedVoice? Find(string id) => Read().GetValueOrDefault(id);

    public void Set(string id, LockedVoice voice)
    {
        var voices = Read();
        voices[id] = voice;
        File.WriteAllBytes(Location + ".new", JsonSerializer.SerializeToUtf8Bytes(voices, Json));
        File.Move(Location + ".new", Location, overwrite: true);
    }

    private Dictionary<string, LockedVoice> Read()
    {
        try
        {
            return File.Exists(Location) ? JsonSerializer.Deserialize<Dictionary<string, LockedVoice>>(File.ReadAllBytes(Location), Json) ?? [] : [];
        }
        catch (JsonException e)
        {
            throw new VoiceException($"{FileName} in the directory of the voices is damaged. Restore it, or delete it to trust the next install of each voice.", e);
        }
    }
}

/// <summary>What was installed under a name.</summary>
/// <param name="Files">SHA-256 by path.</param>
/// <param name="Source">A repository's owner and name, or a folder; null for a voice of the catalogue, of which only files without a published checksum are kept.</param>
/// <param name="Revision">The repository's commit; null where it has none.</param>
internal sealed record LockedVoice(Dictionary<string, string> Files, string? Source = null, string? Revision = null)
{
    [JsonIgnore]
    public PackageOrigin? Origin => Source is null ? null : new PackageOrigin(Source, Revision);
}
