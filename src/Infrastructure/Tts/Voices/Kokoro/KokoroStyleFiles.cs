using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Voices.Kokoro;

/// <summary>Where the layouts keep their speakers' tables: a file each, a NumPy archive, or all one behind the other.</summary>
internal static partial class KokoroStyleFiles
{
    /// <summary>The folder of one file per speaker.</summary>
    public const string Folder = "voices";

    /// <summary>Rows times 256 numbers times 4 bytes: a table is far below this.</summary>
    private const int MostBytes = 16 << 20;

    private const int RowBytes = KokoroSpeakers.Width * sizeof(float);

    /// <summary>The tables of <c>voices/*.bin</c>.</summary>
    public static Dictionary<string, Func<float[]>> InFolder(string directory) => Directory
        .EnumerateFiles(Path.Combine(directory, Folder), "*.bin")
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => (Func<float[]>)(() => Table(File.ReadAllBytes(Checked(file)), Path.GetFileName(file))), StringComparer.Ordinal);

    /// <summary>The tables of a NumPy archive, <c>.npz</c>, under whichever name.</summary>
    /// <exception cref="VoiceException">It is none, or holds something else.</exception>
    public static Dictionary<string, Func<float[]>> InArchive(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var archive = ZipFile.OpenRead(path);
            if (archive.Entries.Count > VoiceSpeakers.Most)
            {
                throw new VoiceException($"{name} holds more than {VoiceSpeakers.Most} speakers.");
            }

            return archive.Entries
                .Where(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal))
                .Select(entry => (Name: entry.FullName[..^4], entry.Length))
                .Select(entry => entry.Length is > 0 and <= MostBytes ? entry.Name : throw new VoiceException($"The speaker {SafetensorsFile.Shown(entry.Name)} in {name} is too large."))
                .ToDictionary(speaker => speaker, speaker => (Func<float[]>)(() => FromArchive(path, speaker)), StringComparer.Ordinal);
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            throw new VoiceException($"{name} is no NumPy archive of speakers.", e);
        }
    }

    /// <summary>The tables of one file, one behind the other.</summary>
    /// <param name="path">The file.</param>
    /// <param name="names">Of the speakers, in order.</param>
    /// <param name="rows">Of each table.</param>
    /// <exception cref="VoiceException">Its size is another.</exception>
    public static Dictionary<string, Func<float[]>> InOneFile(string path, IReadOnlyList<string> names, int rows)
    {
        var size = (long)rows * RowBytes;
        if (new FileInfo(path).Length != size * names.Count)
        {
            throw new VoiceException($"{Path.GetFileName(path)} has {new FileInfo(path).Length} bytes; {names.Count} speakers of {rows} rows have {size * names.Count}.");
        }

        return names.Select((name, i) => (name, i)).ToDictionary(
            speaker => speaker.name,
            speaker => (Func<float[]>)(() =>
            {
                var bytes = new byte[size];
                using var file = VoiceFiles.Open(path);
                file.Position = speaker.i * size;
                file.ReadExactly(bytes);
                return Table(bytes, Path.GetFileName(path));
            }),
            StringComparer.Ordinal);
    }

    private static string Checked(string file) => new FileInfo(file).Length is > 0 and <= MostBytes and var length && length % RowBytes == 0
        ? file
        : throw new VoiceException($"{Path.GetFileName(file)} is no table of rows of {KokoroSpeakers.Width} numbers of 4 bytes.");

    private static float[] FromArchive(string path, string speaker)
    {
        using var archive = ZipFile.OpenRead(path);
        using var entry = archive.GetEntry(speaker + ".npy")!.Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return Npy(bytes.ToArray(), speaker);
    }

    // NumPy's format 1.0 and later: a magic, a header that is a Python literal, the numbers.
    private static float[] Npy(byte[] bytes, string speaker)
    {
        if (bytes.Length < 12 || !bytes.AsSpan(1).StartsWith("NUMPY"u8))
        {
            throw new VoiceException($"The speaker {SafetensorsFile.Shown(speaker)} is no NumPy array.");
        }

        var headerStart = bytes[6] == 1 ? 10 : 12;
        var headerLength = bytes[6] == 1 ? BitConverter.ToUInt16(bytes, 8) : BitConverter.ToInt32(bytes, 8);
        if (headerLength < 0 || headerStart + headerLength > bytes.Length)
        {
            throw new VoiceException($"The speaker {SafetensorsFile.Shown(speaker)} is cut short.");
        }

        var header = Encoding.Latin1.GetString(bytes, headerStart, headerLength);
        if (!header.Contains("'<f4'", StringComparison.Ordinal) || header.Contains("'fortran_order': True", StringComparison.Ordinal) || !Shape().IsMatch(header))
        {
            throw new VoiceException($"The speaker {SafetensorsFile.Shown(speaker)} is no array of 32-bit numbers in rows of {KokoroSpeakers.Width}.");
        }

        return Table(bytes[(headerStart + headerLength)..], speaker);
    }

    private static float[] Table(byte[] bytes, string name)
    {
        if (bytes.Length == 0 || bytes.Length % RowBytes != 0)
        {
            throw new VoiceException($"{SafetensorsFile.Shown(name)} is no table of rows of {KokoroSpeakers.Width} numbers of 4 bytes.");
        }

        var table = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        return Array.TrueForAll(table, float.IsFinite) ? table : throw new VoiceException($"{SafetensorsFile.Shown(name)} holds what is no number.");
    }

    [GeneratedRegex(@"'shape': \(\d+, (?:1, )?256,?\)", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
