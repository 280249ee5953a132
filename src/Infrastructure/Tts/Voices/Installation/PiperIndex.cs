using System.Text.Json;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Installation;

/// <summary>Piper's list of its voices: the file <c>voices.json</c> in its repository.</summary>
internal static class PiperIndex
{
    public const string FileName = "voices.json";

    public const int MaxBytes = 16 << 20;

    /// <summary>Where a voice's network is in the repository.</summary>
    /// <param name="origin">Names the repository to people.</param>
    /// <param name="json">The list.</param>
    /// <param name="voice">The voice's key.</param>
    /// <returns>The path of its network, and the MD5 of its files by their paths, as far as the list has them.</returns>
    /// <exception cref="VoiceException">The list has no such voice, or is none.</exception>
    public static (string Model, IReadOnlyDictionary<string, string> Md5) Find(string origin, byte[] json, string voice)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var name = VoiceNames.Compose(voice);
            foreach (var entry in document.RootElement.EnumerateObject().Where(e => VoiceNames.Compose(e.Name) == name))
            {
                var files = entry.Value.GetProperty("files").EnumerateObject().ToDictionary(f => f.Name, f => Md5(f.Value), StringComparer.Ordinal);
                return files.Keys.FirstOrDefault(f => f.EndsWith(".onnx", StringComparison.Ordinal)) is { } model
                    ? (model, files.Where(f => f.Value is not null).ToDictionary(f => f.Key, f => f.Value!, StringComparer.Ordinal))
                    : throw new VoiceException($"{FileName} of {origin} lists no network for {voice}.");
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new VoiceException($"{FileName} of {origin} is not a list of Piper's voices: {e.Message}", e);
        }

        throw new VoiceException($"{FileName} of {origin} lists no voice {voice}. Its names are such as fi_FI-harri-medium.");
    }

    private static string? Md5(JsonElement file) =>
        file.ValueKind == JsonValueKind.Object && file.TryGetProperty("md5_digest", out var digest) && digest.GetString() is { } md5 && Hub.Checksum.IsMd5(md5) ? md5 : null;
}
