using System.IO.Enumeration;
using System.Text;
using System.Text.Json;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>The files of a voice's folder, none of which may lie outside it.</summary>
internal static class VoiceFiles
{
    private const int MaxDepth = 32;

    /// <summary>Bytes and lines at the start of a card that are read.</summary>
    private const int HeadBytes = 1 << 16, HeadLines = 200;

    /// <summary>The files, folders and links of a voice's folder and of its own subfolders. Links are not followed.</summary>
    public static IEnumerable<FileSystemInfo> Entries(string directory) => new FileSystemEnumerable<FileSystemInfo>(
        Path.GetFullPath(directory),
        (ref FileSystemEntry entry) => entry.ToFileSystemInfo(),
        new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, AttributesToSkip = FileAttributes.None })
    {
        ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
    };

    /// <summary>Looks at every link of a voice's folder.</summary>
    /// <exception cref="VoiceException">One leads out of the folder.</exception>
    public static void CheckLinks(string directory)
    {
        var entries = Entries(directory).ToList();
        var inside = entries.Where(e => e is DirectoryInfo && !IsLink(e)).Select(e => e.FullName).Append(Path.GetFullPath(directory)).ToHashSet(StringComparer.Ordinal);
        foreach (var link in entries.Where(IsLink))
        {
            var target = link.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
            if (target is null || !(inside.Contains(Path.GetFullPath(target)) || inside.Contains(Path.GetDirectoryName(Path.GetFullPath(target)) ?? "")))
            {
                throw LeadsOut(link.Name);
            }
        }
    }

    /// <summary>Opens a file that is not empty: what has no length may be a pipe, which nobody writes to.</summary>
    /// <exception cref="VoiceException">It is empty.</exception>
    public static FileStream Open(string path) => new FileInfo(path).Length > 0 ? File.OpenRead(path) : throw Empty(path);

    /// <summary>The first lines of a card, where there is one.</summary>
    public static IReadOnlyList<string> Head(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            return [];
        }

        using var file = File.OpenRead(path);
        var bytes = new byte[Math.Min(HeadBytes, file.Length)];
        file.ReadExactly(bytes);
        return [.. Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\n").Split('\n').Take(HeadLines)];
    }

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
                throw LeadsOut(name);
            }
        }

        return !file.Exists ? null : file.Length > 0 ? path : throw Empty(path);
    }

    /// <summary>Reads a file that holds a JSON object.</summary>
    /// <param name="maxBytes">The most that such a file can need.</param>
    /// <exception cref="VoiceException">It does not, or is too large.</exception>
    public static JsonDocument ReadObject(string path, int maxBytes)
    {
        var document = JsonDocument.Parse(ReadJson(path, maxBytes));
        return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw NoObject(path, null);
    }

    /// <summary>Reads a file of JSON and looks at all of it, so that no later reader meets text that is none.</summary>
    /// <param name="maxBytes">The most that such a file can need.</param>
    /// <exception cref="VoiceException">It is not JSON, or too large.</exception>
    public static ReadOnlyMemory<byte> ReadJson(string path, int maxBytes)
    {
        using var file = Open(path);
        if (file.Length > maxBytes)
        {
            throw new VoiceException($"{Path.GetFileName(path)} is larger than {maxBytes >> 20} MB.");
        }

        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var json = bytes.AsMemory(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0);
        try
        {
            var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = MaxDepth });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    reader.GetString();
                }
            }
        }
        catch (JsonException e)
        {
            throw NoObject(path, e);
        }
        catch (InvalidOperationException e)
        {
            throw new VoiceException($"{Path.GetFileName(path)} is not a JSON object: a string in it holds half of a surrogate pair.", e);
        }

        return json;
    }

    private static bool IsLink(FileSystemInfo entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;

    private static VoiceException LeadsOut(string name) => new($"{SafetensorsFile.Shown(name)} is a link out of its folder. Copy the file itself.");

    private static VoiceException Empty(string path) => new($"{Path.GetFileName(path)} is empty; copy or download it again.");

    private static VoiceException NoObject(string path, Exception? cause) => new($"{Path.GetFileName(path)} is not a JSON object.", cause);
}
