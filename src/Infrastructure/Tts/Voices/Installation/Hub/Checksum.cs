using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Dictation.Infrastructure.Tts.Voices.Installation.Hub;

/// <summary>The checksums by which files of voices are published, in lower-case hex.</summary>
internal static partial class Checksum
{
    public static string Sha256(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Piper's list of voices publishes it.</summary>
    public static string Md5(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(MD5.HashData(file));
    }

    /// <summary>Git's name of a file's content, which the hub publishes for small files.</summary>
    public static string GitBlob(Stream content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA1);
        hash.AppendData(Encoding.ASCII.GetBytes($"blob {content.Length}\0"));
        var buffer = new byte[1 << 16];
        for (int read; (read = content.Read(buffer)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static string GitBlob(string path)
    {
        using var file = File.OpenRead(path);
        return GitBlob(file);
    }

    public static bool IsSha256(string text) => Sha256Form().IsMatch(text);

    public static bool IsSha1(string text) => Sha1Form().IsMatch(text);

    public static bool IsMd5(string text) => Md5Form().IsMatch(text);

    [GeneratedRegex("^[0-9a-f]{64}\\z")]
    private static partial Regex Sha256Form();

    [GeneratedRegex("^[0-9a-f]{40}\\z")]
    private static partial Regex Sha1Form();

    [GeneratedRegex("^[0-9a-f]{32}\\z")]
    private static partial Regex Md5Form();
}
