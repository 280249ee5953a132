using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Speech;
using Onnx;

namespace Dictation.Infrastructure.Tts.Vits;

/// <summary>The parts of a VITS network: text to durations and statistics, noise to latents, latents to sound.</summary>
/// <param name="Text">Ids in; durations and whatever the others read out.</param>
/// <param name="Flow">The noise in, latents out; null where the network draws none, and the text part makes the latents.</param>
/// <param name="Generator">Latents in, samples out.</param>
/// <param name="Plan">How they are run.</param>
internal sealed record VitsParts(ModelProto Text, ModelProto? Flow, ModelProto Generator, VitsPlan Plan);

/// <summary>
/// Cuts a published VITS graph, exported whole, into its parts by its own structure: durations come from its <c>Ceil</c>, noise from its
/// <c>RandomNormalLike</c>, and its generator begins at the convolution before the first <c>ConvTranspose</c>.
/// </summary>
internal sealed class VitsCutter
{
    /// <summary>Why many a graph cannot be cut.</summary>
    public const string NoGenerator = "Its graph holds no generator of the HiFi-GAN kind.";

    private const string LengthScaleInput = "dictation_length_scale";

    private readonly ModelProto _model;
    private readonly OnnxGraph _graph;
    private readonly ElementTypes _types;

    private VitsCutter(ModelProto model)
    {
        _model = model;
        _graph = new OnnxGraph(model.Graph);
        _types = new ElementTypes(_graph);
    }

    /// <summary>
    /// Makes the noise, and the length scale where it is a constant, inputs of a graph, in place. The graph is whole afterwards, and computes the same.
    /// </summary>
    /// <returns>What was made of it; the names of parts that are not there are null.</returns>
    /// <exception cref="VoiceException">The graph does not fit. The message says why.</exception>
    public static VitsInputs Open(ModelProto model)
    {
        var graph = new OnnxGraph(model.Graph);
        if (graph.HasSubgraphs)
        {
            throw new VoiceException("Its graph holds loops or branches.");
        }

        if (graph.OfType("Ceil").ToList() is not [var ceil])
        {
            throw new VoiceException("Its graph rounds no durations up, or more than one kind of them.");
        }

        var durations = graph[ceil].Output[0];
        var afterDurations = graph.Downstream(durations);
        string? durationNoise = null, priorNoise = null;
        foreach (var node in graph.Proto.Node.Where(n => n.OpType.StartsWith("Random", StringComparison.Ordinal)))
        {
            if (node.OpType != "RandomNormalLike" || (node.Attribute.FirstOrDefault(a => a.Name == "mean")?.F ?? 0) != 0 || (node.Attribute.FirstOrDefault(a => a.Name == "scale")?.F ?? 1) != 1)
            {
                throw new VoiceException($"Its graph draws numbers by {node.OpType}.");
            }

            var isPrior = afterDurations.Contains(graph.MakerOf(node.Output[0])!.Value);
            if ((isPrior ? priorNoise : durationNoise) is not null)
            {
                throw new VoiceException("Its graph draws more noise than a VITS network does.");
            }

            (durationNoise, priorNoise) = isPrior ? (durationNoise, node.Output[0]) : (node.Output[0], priorNoise);
        }

        var scaled = graph.MakerOf(graph[ceil].Input[0]) is { } maker && graph[maker].OpType == "Mul" ? graph[maker] : null;
        var scale = scaled is null ? -1 : Enumerable.Range(0, 2).FirstOrDefault(i => ScalarOf(graph, scaled.Input[i]) is not null, -1);
        var ownScale = scale >= 0 ? ScalarOf(graph, scaled!.Input[scale])!.Value : 1;
        if (scale >= 0)
        {
            scaled!.Input[scale] = LengthScaleInput;
            model.Graph.Input.Add(OnnxNodes.Value(LengthScaleInput, OnnxNodes.Float, [1]));
        }

        foreach (var noise in new[] { (durationNoise, 2L), (priorNoise, -1L) })
        {
            if (noise.Item1 is { } name)
            {
                model.Graph.Node.RemoveAt(graph.Proto.Node.ToList().FindIndex(n => n.Output.Contains(name)));
                model.Graph.Input.Add(OnnxNodes.Value(name, OnnxNodes.Float, [1, noise.Item2, -1]));
            }
        }

        return new VitsInputs(durations, durationNoise, priorNoise, scale >= 0 ? LengthScaleInput : null, ownScale);
    }

    /// <summary>Cuts a graph that <see cref="Open"/> has opened. The graph is not changed, but shares its nodes and weights with the parts.</summary>
    /// <exception cref="VoiceException">The graph does not fit. The message says why.</exception>
    public static VitsParts Cut(ModelProto model, VitsInputs inputs) => new VitsCutter(model).Cut(inputs);

    private VitsParts Cut(VitsInputs inputs)
    {
        var first = FirstOfGenerator();
        var latents = first.Input[0];
        var generator = _graph.Downstream(latents);
        var waveform = _model.Graph.Output.Select(o => o.Name).FirstOrDefault(o => _graph.MakerOf(o) is { } maker && generator.Contains(maker))
            ?? throw new VoiceException("No output of its graph comes from its generator.");
        generator.IntersectWith(_graph.Upstream([waveform]));
        if (_graph.MakerOf(inputs.Durations) is not { } durations || generator.Contains(durations))
        {
            throw new VoiceException("Its durations come from its generator.");
        }

        var weight = _graph.ConstantOf(first.Input[1]) ?? throw new VoiceException("The weights of its generator are computed.");
        if (weight.Dims.Count != 3 || weight.Dims[1] > VitsPlan.MaxChannels)
        {
            throw new VoiceException("Its generator does not begin with a convolution over time.");
        }

        var flow = inputs.PriorNoise is { } noise ? _graph.Downstream(noise) : [];
        flow.ExceptWith(generator);
        flow.IntersectWith(_graph.Upstream([latents]));
        var text = Enumerable.Range(0, _model.Graph.Node.Count).Where(i => !generator.Contains(i) && !flow.Contains(i)).ToHashSet();

        var channels = weight.Dims[1];
        var reach = GeneratorReach.Of(_graph, generator, waveform, latents);
        var generatorPart = Part("generator", generator, [waveform], name => name == latents ? [1, channels, -1] : null);
        var flowPart = flow.Count == 0
            ? null
            : Part("flow", flow, [latents, .. Read(generatorPart, flow)], name => name == inputs.PriorNoise ? [1, channels, -1] : null);
        string[] handed = [inputs.Durations, .. Read(generatorPart, text), .. flowPart is null ? [] : Read(flowPart, text)];
        var textPart = Part("text", text, [.. handed.Distinct()], _ => null);
        return new VitsParts(
            textPart,
            flowPart,
            generatorPart,
            new VitsPlan(
                inputs.Durations, inputs.DurationNoise, inputs.PriorNoise, inputs.LengthScale, inputs.OwnLengthScale,
                latents, waveform, (int)channels, reach.Hop, reach.Left, reach.Right));
    }

    private static float? ScalarOf(OnnxGraph graph, string tensor) => graph.ConstantOf(tensor) is { DataType: OnnxNodes.Float } value && value.Count() == 1
        ? value.FloatData.Count == 1 ? value.FloatData[0] : value.RawData.Length == 4 ? BitConverter.ToSingle(value.RawData.Span) : null
        : null;

    /// <summary>The convolution that the first transposed convolution rests on.</summary>
    private NodeProto FirstOfGenerator()
    {
        var node = _graph.OfType("ConvTranspose").Select(i => (int?)i).FirstOrDefault();
        while (node is { } at && _graph[at].OpType != "Conv")
        {
            node = _graph.MakerOf(_graph[at].Input[0]);
        }

        return node is { } found ? _graph[found] : throw new VoiceException(NoGenerator);
    }

    /// <summary>What a part reads that these nodes make.</summary>
    private IEnumerable<string> Read(ModelProto part, HashSet<int> nodes) =>
        part.Graph.Input.Select(i => i.Name).Where(name => _graph.MakerOf(name) is { } maker && nodes.Contains(maker));

    private ModelProto Part(string name, HashSet<int> nodes, string[] outputs, Func<string, long[]?> shapeOf)
    {
        var needed = _graph.Upstream(outputs);
        needed.IntersectWith(nodes);
        var part = new GraphProto { Name = name };
        var made = needed.SelectMany(i => _graph[i].Output).ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var declared = _model.Graph.Input.ToDictionary(i => i.Name, StringComparer.Ordinal);
        var constants = new SortedSet<int>();
        foreach (var tensor in needed.Order().SelectMany(i => _graph[i].Input).Where(t => t.Length > 0 && !made.Contains(t)))
        {
            if (!seen.Add(tensor))
            {
                continue;
            }

            if (_graph.Weight(tensor) is { } weight)
            {
                part.Initializer.Add(weight);
            }
            else if (_graph.MakerOf(tensor) is { } maker && _graph[maker].OpType == "Constant")
            {
                constants.Add(maker);
            }
            else if (declared.TryGetValue(tensor, out var input) && shapeOf(tensor) is null)
            {
                part.Input.Add(input);
            }
            else
            {
                part.Input.Add(OnnxNodes.Value(tensor, _types[tensor], shapeOf(tensor)));
            }
        }

        part.Node.Add(constants.Select(i => _graph[i]));
        part.Node.Add(needed.Order().Select(i => _graph[i]));
        part.Output.Add(outputs.Select(o => OnnxNodes.Value(o, _types[o])));
        return new ModelProto { IrVersion = _model.IrVersion, ProducerName = "dictation", OpsetImport = { _model.OpsetImport }, Graph = part };
    }
}

/// <summary>Inputs that a published graph was given in place of its random numbers and its constant length scale.</summary>
/// <param name="Durations">The output of its only <c>Ceil</c>.</param>
internal sealed record VitsInputs(string Durations, string? DurationNoise, string? PriorNoise, string? LengthScale, float OwnLengthScale);
