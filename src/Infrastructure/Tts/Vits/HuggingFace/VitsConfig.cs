using System.Text.Json;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>
/// What config.json says of a VITS network, with Hugging Face's defaults for what it leaves out. Every number is held against bounds far beyond any
/// published voice, so that no network can be asked for that would fill the memory.
/// </summary>
internal sealed class VitsConfig
{
    public const string FileName = "config.json";

    private const int MaxBytes = 1 << 20, MaxChannels = 4096, MaxLayers = 64, MaxKernel = 63, MaxReach = 1 << 16, MaxStages = 16, MaxHop = 1 << 14;

    private readonly JsonElement _json;

    private VitsConfig(JsonElement json)
    {
        _json = json;
        Hidden = Whole("hidden_size", 192, 1, MaxChannels);
        Layers = Whole("num_hidden_layers", 6, 1, MaxLayers);
        Heads = Whole("num_attention_heads", 2, 1, MaxLayers);
        Require(Hidden % Heads == 0, "hidden_size is not a multiple of num_attention_heads");
        Window = Whole("window_size", 4, 0, 256);
        UsesBias = Flag("use_bias", true);
        FeedForward = Whole("ffn_dim", 768, 1, 4 * MaxChannels);
        FeedForwardKernel = Whole("ffn_kernel_size", 3, 1, MaxKernel);
        Activation = Words("hidden_act", "relu");
        NormEpsilon = (float)Number("layer_norm_eps", 1e-5, 1e-12, 1);
        Flow = Whole("flow_size", 192, 2, MaxChannels);
        Require(Flow % 2 == 0, "flow_size is odd");
        Flows = Whole("prior_encoder_num_flows", 4, 1, MaxLayers);
        WaveNetLayers = Whole("prior_encoder_num_wavenet_layers", 4, 1, MaxLayers);
        WaveNetKernel = Odd("wavenet_kernel_size", 5);
        WaveNetDilation = Whole("wavenet_dilation_rate", 1, 1, MaxLayers);
        Require(Math.Pow(WaveNetDilation, WaveNetLayers - 1) * WaveNetKernel <= MaxReach, "wavenet_dilation_rate reaches too far");
        HasStochasticDurations = Flag("use_stochastic_duration_prediction", true);
        DurationKernel = Odd("duration_predictor_kernel_size", 3);
        DurationFilter = Whole("duration_predictor_filter_channels", 256, 1, MaxChannels);
        DurationFlows = Whole("duration_predictor_num_flows", 4, 1, MaxLayers);
        Bins = Whole("duration_predictor_flow_bins", 10, 2, 256);
        TailBound = (float)Number("duration_predictor_tail_bound", 5, 1e-3, 1e3);
        SeparableLayers = Whole("depth_separable_num_layers", 3, 1, MaxLayers);
        Require(!HasStochasticDurations || Whole("depth_separable_channels", 2, 1, MaxChannels) == 2, "depth_separable_channels is not 2");
        Require(Math.Pow(DurationKernel, SeparableLayers) <= MaxReach, "depth_separable_num_layers reaches too far");
        Speakers = Whole("num_speakers", 1, 1, 100_000);
        SpeakerSize = Whole("speaker_embedding_size", 0, 0, MaxChannels);
        Require(Speakers == 1 || SpeakerSize > 0, "speaker_embedding_size is 0, though there are several speakers");
        InitialChannels = Whole("upsample_initial_channel", 512, 1, MaxChannels);
        UpsampleRates = List("upsample_rates", [8, 8, 2, 2], 1, MaxHop);
        UpsampleKernels = List("upsample_kernel_sizes", [16, 16, 4, 4], 1, 4 * MaxHop);
        ResidualKernels = List("resblock_kernel_sizes", [3, 7, 11], 1, MaxKernel);
        ResidualDilations = Lists("resblock_dilation_sizes", [[1, 3, 5], [1, 3, 5], [1, 3, 5]]);
        Slope = (float)Number("leaky_relu_slope", 0.1, 0, 1);
        CheckGenerator();
        NoiseScale = (float)Number("noise_scale", 0.667, 0, 10);
        DurationNoiseScale = (float)Number("noise_scale_duration", 0.8, 0, 10);
        SpeakingRate = Number("speaking_rate", 1, 0.1, 10);
        SampleRate = Whole("sampling_rate", 16_000, 8_000, 48_000);
        Hop = UpsampleRates.Aggregate(1, (hop, rate) => hop * rate);
    }

    public int Hidden { get; }

    public int Layers { get; }

    public int Heads { get; }

    public int Window { get; }

    public bool UsesBias { get; }

    public int FeedForward { get; }

    public int FeedForwardKernel { get; }

    public string Activation { get; }

    public float NormEpsilon { get; }

    public int Flow { get; }

    public int Flows { get; }

    public int WaveNetLayers { get; }

    public int WaveNetKernel { get; }

    public int WaveNetDilation { get; }

    public bool HasStochasticDurations { get; }

    public int DurationKernel { get; }

    public int DurationFilter { get; }

    public int DurationFlows { get; }

    public int Bins { get; }

    public float TailBound { get; }

    public int SeparableLayers { get; }

    public int Speakers { get; }

    public int SpeakerSize { get; }

    public int InitialChannels { get; }

    public int[] UpsampleRates { get; }

    public int[] UpsampleKernels { get; }

    public int[] ResidualKernels { get; }

    public int[][] ResidualDilations { get; }

    public float Slope { get; }

    public float NoiseScale { get; }

    public float DurationNoiseScale { get; }

    public double SpeakingRate { get; }

    public int SampleRate { get; }

    /// <summary>Samples per frame.</summary>
    public int Hop { get; }

    /// <exception cref="VoiceException">The file is not there, or asks for what cannot be. The message says what.</exception>
    public static VitsConfig Read(string directory)
    {
        using var document = VoiceFiles.ReadObject(
            VoiceFiles.Find(directory, FileName) ?? throw new VoiceException($"There is no {FileName} beside its weights."), MaxBytes);
        return new VitsConfig(document.RootElement);
    }

    private void CheckGenerator()
    {
        Require(UpsampleRates.Length == UpsampleKernels.Length, "upsample_rates and upsample_kernel_sizes differ in length");
        Require(UpsampleRates.Aggregate(1L, (hop, rate) => Math.Min(hop * rate, MaxHop + 1)) <= MaxHop, $"upsample_rates make more than {MaxHop} samples per frame");
        Require(InitialChannels >> UpsampleRates.Length >= 1, "upsample_initial_channel is too small to be halved that often");
        for (var i = 0; i < UpsampleRates.Length; i++)
        {
            var extra = UpsampleKernels[i] - UpsampleRates[i];
            Require(extra >= 0 && extra % 2 == 0, "upsample_kernel_sizes and upsample_rates do not differ by even numbers");
        }

        Require(ResidualKernels.Length == ResidualDilations.Length, "resblock_kernel_sizes and resblock_dilation_sizes differ in length");
        Require(ResidualKernels.All(kernel => kernel % 2 == 1), "resblock_kernel_sizes holds an even number");
    }

    private JsonElement? Find(string name) => _json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private double Number(string name, double otherwise, double least, double most) => Find(name) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most ? number
        : throw Wrong(name, FormattableString.Invariant($"a number from {least} to {most}"));

    private int Whole(string name, int otherwise, int least, int most) => Find(name) is not { } value ? otherwise : Whole(name, value, least, most);

    private static int Whole(string name, JsonElement value, int least, int most) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most && number == Math.Floor(number)
            ? (int)number
            : throw Wrong(name, $"a whole number from {least} to {most}");

    private int Odd(string name, int otherwise) => Whole(name, otherwise, 1, MaxKernel) is var number && number % 2 == 1 ? number : throw Wrong(name, "odd");

    private bool Flag(string name, bool otherwise) => Find(name) is not { } value ? otherwise : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "true or false"),
    };

    private string Words(string name, string otherwise) => Find(name) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, "a string");

    private int[] List(string name, int[] otherwise, int least, int most) => Find(name) is not { } value ? otherwise : List(name, value, least, most);

    private static int[] List(string name, JsonElement value, int least, int most) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is >= 1 and <= MaxStages
        ? [.. value.EnumerateArray().Select(item => Whole(name, item, least, most))]
        : throw Wrong(name, $"a list of 1 to {MaxStages} numbers");

    private int[][] Lists(string name, int[][] otherwise) => Find(name) is not { } value ? otherwise
        : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() is >= 1 and <= MaxStages
            ? [.. value.EnumerateArray().Select(item => List(name, item, 1, 1 << 10))]
            : throw Wrong(name, $"a list of 1 to {MaxStages} lists");

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new VoiceException($"In {FileName}, {otherwise}.");
        }
    }

    private static VoiceException Wrong(string name, string expected) => new($"\"{name}\" in {FileName} is not {expected}.");
}
