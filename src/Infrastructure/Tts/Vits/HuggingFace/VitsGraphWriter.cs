using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Speech;
using Microsoft.Extensions.Logging;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>
/// Writes the parts of a VITS network as ONNX graphs, straight from the weights that Hugging Face publishes. Weights go to a file beside each graph, one
/// at a time.
/// </summary>
/// <param name="config">The network's sizes.</param>
/// <param name="weights">Its weights.</param>
internal sealed partial class VitsGraphWriter(VitsConfig config, VitsWeights weights)
{
    private const string Ids = "input_ids", LengthScale = "length_scale", Durations = "durations", Means = "prior_means", LogVariances = "prior_log_variances",
        PriorNoise = "prior_noise", NoiseScale = "noise_scale", Latents = "latents", Waveform = "waveform";

    private const int MaxRows = 1 << 20;

    /// <summary>How many ids the network knows.</summary>
    public int Rows { get; } = weights.Rows("text_encoder.embed_tokens.weight", config.Hidden, MaxRows);

    /// <summary>Finds out whether every weight is there in its shape, without reading one.</summary>
    /// <returns>How many numbers all of them are.</returns>
    /// <exception cref="VoiceException">One is not. The message says which.</exception>
    public long Check() => Parts().Sum(part =>
    {
        using var file = new GraphWeights(weights, null);
        part.Add(new VitsLayers(config, new GraphBuilder(part.Name), file));
        return file.Count;
    });

    /// <summary>Writes the parts.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="voice">The voice's name.</param>
    /// <param name="logger">Gets the progress.</param>
    /// <exception cref="VoiceException">A weight is missing or has another shape, or its file has changed.</exception>
    public VitsPlan Write(VitsGraphFolder folder, string voice, ILogger logger)
    {
        string[] paths = [folder.Text, folder.Flow, folder.Generator];
        foreach (var (path, part) in paths.Zip(Parts()))
        {
            var graph = new GraphBuilder(part.Name);
            using (var file = new GraphWeights(weights, VitsGraphFolder.WeightsOf(path)))
            {
                part.Add(new VitsLayers(config, graph, file));
            }

            graph.Write(path);
            LogWritten(logger, part.Name, voice);
        }

        var reach = GeneratorGraph.ReachOf(config);
        return new VitsPlan(
            Durations, config.HasStochasticDurations ? DurationGraph.Noise : null, PriorNoise, null, 1, Latents, Waveform, config.Flow, reach.Hop, reach.Left, reach.Right);
    }

    private (string Name, Action<VitsLayers> Add)[] Parts() => [("text", Text), ("flow", Flow), ("generator", Generator)];

    private void Text(VitsLayers layers)
    {
        var graph = layers.Graph;
        var (hidden, means, logVariances) = TextEncoderGraph.Add(layers, graph.Input(Ids, OnnxNodes.Int64, 1, -1), Rows);
        var length = graph.Op("Exp", [graph.Op("Squeeze", [new DurationGraph(layers).Add(hidden), graph.Integers(2)])]);
        var frames = graph.Op("Ceil", [graph.Op("Mul", [length, graph.Input(LengthScale, OnnxNodes.Float, 1)])]);
        graph.Output(frames, Durations, 1, -1);
        graph.Output(means, Means, 1, -1, config.Flow);
        graph.Output(logVariances, LogVariances, 1, -1, config.Flow);
    }

    private void Flow(VitsLayers layers)
    {
        var graph = layers.Graph;
        var latents = new FlowGraph(layers).Add(
            graph.Input(Means, OnnxNodes.Float, 1, -1, config.Flow), graph.Input(LogVariances, OnnxNodes.Float, 1, -1, config.Flow),
            graph.Input(Durations, OnnxNodes.Float, 1, -1), graph.Input(PriorNoise, OnnxNodes.Float, 1, config.Flow, -1),
            graph.Input(NoiseScale, OnnxNodes.Float, 1));
        graph.Output(latents, Latents, 1, config.Flow, -1);
    }

    private void Generator(VitsLayers layers)
    {
        var graph = layers.Graph;
        graph.Output(new GeneratorGraph(layers).Add(graph.Input(Latents, OnnxNodes.Float, -1, config.Flow, -1)), Waveform, -1, -1);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Wrote the {Part} part of the voice {Voice}")]
    private static partial void LogWritten(ILogger logger, string part, string voice);
}
