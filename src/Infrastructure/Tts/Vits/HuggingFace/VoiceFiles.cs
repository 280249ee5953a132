using System.Text.Json;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>The files of a voice's folder, none of which may lie outside it.</summary>
internal static class VoiceFiles
{
    private const int MaxDepth = 32;

    /// <summary>The path of a file; null where there is none.</summary>
    /// <exception cref="VoiceException">The name or a link leads out of the folder.</exception>
    public static string? Find(string directory, string name)
    {
        if (name.Length == 0 || name is "." or ".." || name.AsSpan().IndexOfAny('/', '\\', '\0') >= 0)
        {
            throw new VoiceException($"{(name.Length > 0 ? SafetensorsFile.Shown(name) : "An empty name")} is not the name of a file in its folder.");
        }

        var path = Path.Combine(directory, name);
        var file = new FileInfo(path);
        if (file.LinkTarget is not null)
        {
            var target = file.ResolveLinkTarget(returnFinalTarget: true);
            if (target is null || Path.GetDirectoryName(Path.GetFullPath(target.FullName)) != Path.GetFullPath(directory))
            {
                throw new VoiceException($"{SafetensorsFile.Shown(name)} is a link out of its folder. Copy the file itself.");
            }
        }

        return file.Exists ? path : null;
    }

    /// <summary>Reads a file that holds a JSON object.</summary>
    /// <param name="maxBytes">The most that such a file can need.</param>
    /// <exception cref="VoiceException">It does not, or is too large.</exception>
    public static JsonDocument ReadObject(string path, int maxBytes)
    {
        var name = Path.GetFileName(path);
        using var file = File.OpenRead(path);
        if (file.Length > maxBytes)
        {
            throw new VoiceException($"{name} is larger than {maxBytes / 1024} KB.");
        }

        try
        {
            var document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new VoiceException($"{name} is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw new VoiceException($"{name} is not a JSON object.", e);
        }
    }
}
