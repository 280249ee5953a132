using System.Text;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>Copies of the fixtures' voices in layouts other than Piper's own.</summary>
internal static class LayoutFolder
{
    /// <summary>All that was published; not the graphs, in a folder whose name begins with a dot.</summary>
    public static EnumerationOptions Published { get; } = new() { RecurseSubdirectories = true };

    public static string Source(string layout) => Repository.File($"tests/Fixtures/layouts/{layout}");

    /// <summary>Copies a voice with its subfolders into a directory.</summary>
    public static string Copy(string source, string into, string? name = null)
    {
        var folder = Path.Combine(into, name ?? Path.GetFileName(source));
        foreach (var file in Directory.EnumerateFiles(source, "*", Published))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.WriteAllBytes(copy, File.ReadAllBytes(file));
        }

        return folder;
    }

    /// <summary>Adds settings to a model file. Of two with one name the last counts.</summary>
    public static void AddMetadata(string model, params (string Key, string Value)[] settings)
    {
        using var file = new FileStream(model, FileMode.Append);
        foreach (var (key, value) in settings)
        {
            file.Write(Field(14, [.. Field(1, Encoding.UTF8.GetBytes(key)), .. Field(2, Encoding.UTF8.GetBytes(value))]));
        }
    }

    /// <summary>A field of protocol buffers that has a length.</summary>
    public static byte[] Field(int number, byte[] content) => [.. Number((ulong)number << 3 | 2), .. Number((ulong)content.Length), .. content];

    /// <summary>A number of protocol buffers.</summary>
    public static IEnumerable<byte> Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }

    /// <summary>Loads a voice without noise.</summary>
    public static VitsVoice LoadQuiet(InstalledVoice voice, Func<string, VoiceTokens>? tokenize = null)
    {
        var loading = SpeechTestBed.Loading(new TtsOptions { Threads = 1 });
        return new VitsVoice(new Quiet((IVitsVoiceFolder)voice, tokenize), loading.Device, loading.Graphs, loading.Logger);
    }

    private sealed class Quiet(IVitsVoiceFolder folder, Func<string, VoiceTokens>? tokenize) : IVitsVoiceFolder
    {
        public Application.Abstractions.Voice Voice => folder.Voice;

        public string ModelPath => folder.ModelPath;

        public string? WhyWhole => folder.WhyWhole;

        public string IdsInput => folder.IdsInput;

        public string Output => folder.Output;

        public VoiceScales Scales => new(0, 1, 0);

        public VoiceTokens Tokenize(string segment) => (tokenize ?? folder.Tokenize)(segment);
    }
}
