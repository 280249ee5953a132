using System.ComponentModel.DataAnnotations;

namespace Dictation.Infrastructure.Tts;

/// <summary>The section <c>Tts</c>.</summary>
public sealed class TtsOptions
{
    public const string Section = "Tts";

    /// <summary>Which model of a Kokoro voice is taken where its folder holds several: fp32, fp16, q8, q4 or q4f16.</summary>
    public string Precision { get; set; } = "fp32";

    /// <summary><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>directml</c>. A device named outright and absent stops the start.</summary>
    [RegularExpression("(?i)^(auto|cpu|cuda|directml)$", ErrorMessage = "Tts:Device (TTS_DEVICE) must be auto, cpu, cuda or directml.")]
    public string Device { get; set; } = "auto";

    /// <summary>Devices of single voices, by their names; the others run on <see cref="Device"/>.</summary>
    public Dictionary<string, string> Devices { get; } = new(StringComparer.Ordinal);

    /// <summary>How far ONNX Runtime rearranges a network when it loads it.</summary>
    public GraphOptimization GraphOptimization { get; set; } = GraphOptimization.All;

    /// <summary>Memory for loaded voices together, in megabytes (1,000,000 bytes), estimated from their files; the least recently used are unloaded first.</summary>
    [Range(16, 1_000_000)]
    public int VoiceMemoryMegabytes { get; set; } = 2000;

    /// <summary>Whether espeak-ng speaks the languages that no neural voice does.</summary>
    public bool EspeakFallback { get; set; }

    /// <summary>ffmpeg, which encodes mp3, opus and aac: a path, or empty for the one that is found by the name.</summary>
    public string Ffmpeg { get; set; } = "";

    /// <summary>How many ffmpegs run at once; who needs another waits.</summary>
    [Range(1, 256)]
    public int FfmpegProcesses { get; set; } = 8;

    /// <summary>Worker threads, each speaking one text at a time.</summary>
    [Range(1, 64)]
    public int Workers { get; set; } = 1;

    /// <summary>Threads that one inference may use; 0 for half the cores, shared among the workers, one at least and four at most.</summary>
    [Range(0, 256)]
    public int Threads { get; set; }

    /// <summary>The voice that speaks when a request names none; empty for the first built-in one.</summary>
    public string DefaultVoice { get; set; } = "";

    /// <summary>A directory with further voices, one folder each; empty for <see cref="DefaultVoicesDirectory"/>.</summary>
    public string VoicesDirectory { get; set; } = "";

    /// <summary>Where further voices are unless another directory is named; need not be there.</summary>
    public string DefaultVoicesDirectory { get; set; } = "";

    /// <summary>Takes the place of scheme and host when voices are downloaded; empty for upstream itself.</summary>
    [RegularExpression("^(|https?://.+)$", ErrorMessage = "Tts:VoicesMirror (VOICES_MIRROR) must be an http or https address.")]
    public string VoicesMirror { get; set; } = "";

    /// <summary>The longest piece spoken in one run, in characters; a voice's own limit lowers it.</summary>
    [Range(20, 2000)]
    public int MaxSegmentCharacters { get; set; } = 300;

    /// <summary>How long one text may be spoken and stored, in seconds, before the try is given up: for a voice or a disk that hangs.</summary>
    [Range(1, 86_400)]
    public double TimeLimitSeconds { get; set; } = 600;

    /// <summary>Tasks that the engine holds at most, those being spoken included. The queue itself is the database.</summary>
    [Range(2, 1024)]
    public int Prefetch { get; set; } = 16;

    public long VoiceMemoryBytes => VoiceMemoryMegabytes * 1_000_000L;

    public TimeSpan TimeLimit => TimeSpan.FromSeconds(TimeLimitSeconds);
}

/// <summary>How far a network is rearranged when it is loaded; each level includes those before it.</summary>
public enum GraphOptimization
{
    None,

    /// <summary>The settings that are the same on every device.</summary>
    Basic,

    /// <summary>Fused operators too.</summary>
    Extended,

    /// <summary>The layout of the data too.</summary>
    All,
}
