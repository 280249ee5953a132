using System.Text.Json;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech.Synthesis;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices.Kokoro;

/// <summary>The tiny networks with Kokoro's published interface, and what its own port makes of texts.</summary>
public static class KokoroFolder
{
    /// <summary>Every layout.</summary>
    public static readonly string[] Layouts = ["onnx-community", "onnx-community-timestamped", "onnx-community-noise", "kokoro-onnx", "kokoro-onnx-1.1", "sherpa-onnx"];

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly string Root = Repository.File("tests/Fixtures/kokoro");

    /// <summary>One text with one speaker.</summary>
    public sealed record Golden(string Text, string Voice, string Phonemes, long[] Ids, int Row, JsonElement Runs)
    {
        /// <summary>What the tiny network makes of the ids at a rate.</summary>
        public (int[] Frames, int Samples) At(string rate) => (
            [.. Runs.GetProperty(rate).GetProperty("durations").EnumerateArray().Select(f => f.GetInt32())],
            Runs.GetProperty(rate).GetProperty("samples").GetInt32());
    }

    public static IEnumerable<Golden> Goldens => File.ReadLines(Path.Combine(Root, "goldens.jsonl"))
        .Select(line => JsonSerializer.Deserialize<Golden>(line, Json)!);

    /// <summary>Copies a layout below a directory and returns where it is.</summary>
    public static string Copy(string layout, string into, string name = "kokoro")
    {
        var from = Path.Combine(Root, layout);
        var to = Path.Combine(into, name);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return to;
    }

    public static InstalledVoice Read(string folder, string precision = "fp32") => KnownVoiceFamilies.Create(new TtsOptions { Precision = precision }).Read(folder);

    /// <summary>Speaks a segment.</summary>
    public static (float[] Samples, SpokenSegment Spoken) Speak(IVoiceModel voice, string text, double rate = 1, string? speaker = null, string key = "key")
    {
        var samples = new List<float>();
        var spoken = voice.Speak(new SegmentRequest(text, rate, null, new Noise(key, 0), speaker), (piece, _) => samples.AddRange(piece), CancellationToken.None);
        return ([.. samples], spoken);
    }
}
