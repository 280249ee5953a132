using System.Numerics.Tensors;
using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Speech;
using Dictation.Speech.Synthesis;
using Microsoft.ML.OnnxRuntime;

namespace Dictation.Infrastructure.Tts.Vits;

/// <summary>
/// A VITS network, loaded: text part, flow and generator, each a session. <see cref="Speak"/> may be called from several threads at once; dispose of
/// the network once none is in it.
/// </summary>
internal sealed class VitsNetwork : IDisposable
{
    /// <summary>A sentence's longest sound: ten minutes at 16 kHz and a hop of 256.</summary>
    private const int MaxFrames = 37_500;

    private readonly string _voice;
    private readonly VitsPlan _plan;
    private readonly OnnxModel _text;
    private readonly OnnxModel? _flow;
    private readonly OnnxModel _generator;
    private readonly string[] _textOutputs;
    private readonly string[] _flowOutputs;

    /// <param name="voice">The voice's name, for messages.</param>
    /// <param name="graphs">Its parts, on disk.</param>
    /// <param name="device">Where they run.</param>
    /// <exception cref="VoiceException">A part cannot be loaded.</exception>
    public VitsNetwork(string voice, VitsGraphs graphs, OnnxDevice device)
    {
        (_voice, _plan) = (voice, graphs.Plan);
        var opened = new List<OnnxModel>();
        try
        {
            opened.Add(_text = new OnnxModel(voice, graphs.Text, device));
            if (graphs.Flow is { } flow)
            {
                opened.Add(_flow = new OnnxModel(voice, flow, device));
            }

            opened.Add(_generator = new OnnxModel(voice, graphs.Generator, device));
        }
        catch
        {
            opened.ForEach(model => model.Dispose());
            throw;
        }

        _textOutputs = [.. _text.Outputs];
        _flowOutputs = [.. _flow?.Outputs ?? []];
    }

    /// <summary>Where it runs: <c>cpu</c>, <c>cuda</c> or <c>directml</c>.</summary>
    public string Device => _generator.Device;

    /// <summary>Samples per frame.</summary>
    public int Hop => _plan.Hop;

    /// <summary>Whether durations are stretched by an input that is not the published graph's own.</summary>
    public bool IsStretched => _plan.LengthScale is not null;

    /// <summary>Whether the text part takes an input of the published graph's.</summary>
    public bool Takes(string input) => _text.Has(input);

    /// <summary>Speaks ids.</summary>
    /// <param name="ids">How many ids there are.</param>
    /// <param name="inputs">What the published graph takes, by its names: ids, masks, scales, a speaker. Disposed of.</param>
    /// <param name="length">How much longer than at the voice's own pace every sound is; for networks that take no such input of their own.</param>
    /// <param name="noise">The noise.</param>
    /// <param name="spoken">Gets the pieces in order.</param>
    /// <param name="cancellationToken">Ends it within a piece.</param>
    /// <returns>Frames per id.</returns>
    /// <exception cref="VoiceException">The network failed, or returned NaN, infinity or too much.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public int[] Speak(int ids, IReadOnlyDictionary<string, OrtValue> inputs, float length, INoise noise, PieceSpoken spoken, CancellationToken cancellationToken)
    {
        var values = new Dictionary<string, OrtValue>(inputs, StringComparer.Ordinal);
        var owners = new List<IDisposable>();
        try
        {
            _plan.AddLength(values, length);
            _plan.AddDurationNoise(values, noise, ids);
            owners.Add(Keep(values, _textOutputs, _text.Run(values, _textOutputs, cancellationToken)));
            var durations = Durations(values[_plan.Durations]);
            var frames = durations.Sum();
            if (_flow is not null)
            {
                _plan.AddPriorNoise(values, noise, frames);
                owners.Add(Keep(values, _flowOutputs, _flow.Run(values, _flowOutputs, cancellationToken)));
            }

            Generate(values, frames, spoken, cancellationToken);
            return durations;
        }
        finally
        {
            foreach (var value in values.Values)
            {
                value.Dispose();
            }

            owners.ForEach(owner => owner.Dispose());
        }
    }

    public void Dispose()
    {
        _text.Dispose();
        _flow?.Dispose();
        _generator.Dispose();
    }

    private static IDisposable Keep(Dictionary<string, OrtValue> values, string[] names, IDisposableReadOnlyCollection<OrtValue> outputs)
    {
        for (var i = 0; i < names.Length; i++)
        {
            values[names[i]] = outputs[i];
        }

        return outputs;
    }

    private int[] Durations(OrtValue value)
    {
        var durations = value.GetTensorDataAsSpan<float>().ToArray();
        double total = 0;
        foreach (var duration in durations)
        {
            total += duration is >= 0 and <= MaxFrames ? duration : throw Unusable();
        }

        return total is >= 1 and <= MaxFrames ? Array.ConvertAll(durations, d => (int)d) : throw Unusable();
    }

    private void Generate(Dictionary<string, OrtValue> values, int frames, PieceSpoken spoken, CancellationToken cancellationToken)
    {
        var latents = values[_plan.Latents];
        if (latents.GetTensorTypeAndShape().Shape is not [1, var channels, var length] || channels != _plan.Channels || length != frames)
        {
            throw Unusable();
        }

        values.Remove(_plan.Latents);
        foreach (var (start, end) in VitsPieces.For(frames))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int from = Math.Max(0, start - _plan.Left), to = Math.Min(frames, end + _plan.Right), width = to - from;
            var window = new float[channels * width];
            for (var channel = 0; channel < channels; channel++)
            {
                latents.GetTensorDataAsSpan<float>().Slice(channel * frames + from, width).CopyTo(window.AsSpan(channel * width));
            }

            using var piece = OrtValue.CreateTensorValueFromMemory(window, [1, channels, width]);
            values[_plan.Latents] = piece;
            using var outputs = _generator.Run(values, [_plan.Waveform], cancellationToken);
            values.Remove(_plan.Latents);
            var samples = outputs[0].GetTensorMutableDataAsSpan<float>();
            if (samples.Length != width * _plan.Hop || !float.IsFinite(TensorPrimitives.MaxMagnitude<float>(samples)))
            {
                throw Unusable();
            }

            spoken(samples.Slice((start - from) * _plan.Hop, (end - start) * _plan.Hop), (double)end / frames);
        }
    }

    private VoiceException Unusable() => new($"The voice {_voice} returned unusable audio.");
}
