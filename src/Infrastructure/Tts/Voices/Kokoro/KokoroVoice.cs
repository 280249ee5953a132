using System.Numerics.Tensors;
using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Speech;
using Dictation.Speech.Synthesis;
using Dictation.Speech.Timeline;
using Dictation.Speech.Tokenization;
using Microsoft.ML.OnnxRuntime;

namespace Dictation.Infrastructure.Tts.Voices.Kokoro;

/// <summary>A loaded voice of Kokoro's kind. A segment is one run of the network, or several where it has more ids than one run takes.</summary>
internal sealed class KokoroVoice : IVoiceModel
{
    /// <summary>Samples per frame.</summary>
    private const int Hop = 600;

    /// <summary>Random nodes that a graph may have: their numbers do not meet those of the segment's next run.</summary>
    private const int MostRandom = 1_000;

    private readonly KokoroVoiceFolder _folder;
    private readonly KokoroGraph _graph;
    private readonly OnnxModel _model;
    private readonly string[] _outputs;

    /// <exception cref="VoiceException">The network cannot be loaded.</exception>
    public KokoroVoice(KokoroVoiceFolder folder, OnnxDevice device)
    {
        _folder = folder;
        _graph = KokoroGraph.Read(folder.ModelPath, VoiceModelFile.Read(folder.ModelPath));
        _model = new OnnxModel(folder.Voice.Name, folder.ModelPath, device, _graph.Model);
        _graph = _graph with { Model = null };
        _outputs = _graph.Durations is { } durations ? [folder.Network.Output, durations] : [folder.Network.Output];
    }

    public string Device => _model.Device;

    public string? WhyWhole => null;

    public SpokenSegment Speak(SegmentRequest segment, PieceSpoken spoken, CancellationToken cancellationToken)
    {
        var speaker = segment.SpeakerName ?? _folder.Speaking;
        var runs = _folder.TokenizerOf(speaker).Tokenize(segment.Text);
        var times = new List<CharacterTime>();
        var exact = _graph.Durations is not null;
        var (unspoken, offset) = (new List<DroppedSymbol>(), 0);
        for (var i = 0; i < runs.Count; i++)
        {
            unspoken.AddRange(runs[i].Unknown);
            if (runs[i].Speakable)
            {
                cancellationToken.ThrowIfCancellationRequested();
                offset += Run(runs[i], speaker, segment, i, offset, times, samples => spoken(samples, (i + 1.0) / runs.Count), cancellationToken);
            }
        }

        return new SpokenSegment(exact && offset > 0 ? times : null, unspoken) { Rate = _folder.Network.IsWholeSpeed ? WholeSpeed(segment.Rate) : null };
    }

    public void Dispose() => _model.Dispose();

    private static int WholeSpeed(double rate) => Math.Max(1, (int)Math.Round(rate, MidpointRounding.AwayFromZero));

    private int Run(
        KokoroTokens tokens, string speaker, SegmentRequest segment, int run, int offset, List<CharacterTime> times, Action<Span<float>> spoken, CancellationToken cancellationToken)
    {
        var values = Values(tokens, speaker, segment, run);
        try
        {
            using var outputs = _model.Run(values, _outputs, cancellationToken);
            var samples = outputs[0].GetTensorMutableDataAsSpan<float>();
            if (samples.IsEmpty || !float.IsFinite(TensorPrimitives.MaxMagnitude<float>(samples)))
            {
                throw new VoiceException($"The voice {_folder.Voice.Name} returned unusable audio.");
            }

            if (_outputs.Length > 1)
            {
                var frames = Frames(outputs[1]);
                samples = samples[..(int)Math.Min(samples.Length, frames.Sum(f => (long)f) * Hop)];
                var heard = new VoiceTokens(tokens.Ids, tokens.Speakable, [], tokens.Heard, []).Times(frames, Hop) ?? [];
                times.AddRange(heard.Select(time => time with { Start = time.Start + offset, End = time.End + offset }));
            }

            spoken(samples);
            return samples.Length;
        }
        finally
        {
            foreach (var value in values.Values)
            {
                value.Dispose();
            }
        }
    }

    private static int[] Frames(OrtValue output) => output.GetTensorTypeAndShape().ElementDataType switch
    {
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Int64 => [.. output.GetTensorDataAsSpan<long>().ToArray().Select(frames => (int)Math.Clamp(frames, 0, int.MaxValue / Hop))],
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float => [.. output.GetTensorDataAsSpan<float>().ToArray().Select(frames => (int)Math.Round(frames))],
        _ => [],
    };

    private Dictionary<string, OrtValue> Values(KokoroTokens tokens, string speaker, SegmentRequest segment, int run)
    {
        var network = _folder.Network;
        var values = new Dictionary<string, OrtValue>(StringComparer.Ordinal)
        {
            [network.Ids] = OrtValue.CreateTensorValueFromMemory(tokens.Ids, [1, tokens.Ids.Length]),
            [network.Style] = OrtValue.CreateTensorValueFromMemory(_folder.Speakers.Style(speaker, tokens.Ids.Length - 2), [1, KokoroSpeakers.Width]),
            [network.Speed] = network.IsWholeSpeed
                ? OrtValue.CreateTensorValueFromMemory([WholeSpeed(segment.Rate)], [1])
                : OrtValue.CreateTensorValueFromMemory([(float)segment.Rate], [1]),
        };
        for (var i = 0; i < _graph.NoiseInputs.Count; i++)
        {
            var (name, isUniform) = _graph.NoiseInputs[i];
            var numbers = new float[KokoroGraph.NoiseLength];
            segment.Noise.Fill(NoiseUse.Graph + (run * MostRandom) + i, numbers);
            if (isUniform)
            {
                for (var n = 0; n < numbers.Length; n++)
                {
                    numbers[n] = Evenly(numbers[n]);
                }
            }

            values[name] = OrtValue.CreateTensorValueFromMemory(numbers, [numbers.Length]);
        }

        return values;
    }

    // The share of standard normal numbers below this one: evenly spread from 0 to 1 (Abramowitz and Stegun, 7.1.26).
    private static float Evenly(float normal)
    {
        var x = Math.Abs(normal) / Math.Sqrt(2);
        var t = 1 / (1 + (0.3275911 * x));
        var erf = 1 - (((((((((1.061405429 * t) - 1.453152027) * t) + 1.421413741) * t) - 0.284496736) * t) + 0.254829592) * t * Math.Exp(-x * x));
        return (float)(0.5 * (1 + (Math.Sign(normal) * erf)));
    }
}
