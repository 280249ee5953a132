using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>
/// A loaded voice: one ONNX Runtime session, matched to its inputs by name. <see cref="Speak"/> may be called from several threads at once;
/// dispose of the voice once none is in it.
/// </summary>
public sealed class VitsVoice : IDisposable
{
    private const string InputIds = "input_ids", AttentionMask = "attention_mask", SpeakingRate = "speaking_rate", Waveform = "waveform";

    private readonly InferenceSession _session;
    private readonly bool _takesMask;
    private readonly long[]? _rateShape;
    private readonly Lock? _oneAtATime;
    private readonly string _name;

    /// <summary>Loads the model.</summary>
    /// <exception cref="VoiceException">The model cannot be loaded, or has inputs or outputs that this layout does not know.</exception>
    public VitsVoice(VitsVoiceFolder folder, OnnxDevice device, int intraOpThreads)
    {
        _name = folder.Voice.Name;
        try
        {
            (_session, Device) = device.Open(folder.ModelPath, intraOpThreads);
        }
        catch (OnnxRuntimeException e)
        {
            throw new VoiceException($"The voice {_name} could not be loaded.", e);
        }

        try
        {
            CheckInterface();
        }
        catch
        {
            Dispose();
            throw;
        }

        _takesMask = _session.InputMetadata.ContainsKey(AttentionMask);
        if (_session.InputMetadata.TryGetValue(SpeakingRate, out var rate))
        {
            _rateShape = [.. rate.Dimensions.Select(_ => 1L)];
        }
        // DirectML alone forbids concurrent runs of one session.
        if (Device == OnnxDevice.DirectMl)
        {
            _oneAtATime = new Lock();
        }
    }

    /// <summary>Where it runs: <c>cpu</c>, <c>cuda</c> or <c>directml</c>.</summary>
    public string Device { get; }

    /// <summary>Speaks one segment.</summary>
    /// <param name="ids">What the voice's tokenizer made of the segment, at least one.</param>
    /// <param name="speakingRate">Above 0; 1 is the voice's own pace. A voice that takes no rate refuses every other.</param>
    /// <param name="cancellationToken">Ends the run at the model's next node.</param>
    /// <exception cref="VoiceException">The rate is refused, the model failed, or what it returned is empty, NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public VitsAudio Speak(long[] ids, double speakingRate, CancellationToken cancellationToken)
    {
        if (_rateShape is null && speakingRate != 1)
        {
            throw new VoiceException($"The voice {_name} speaks at its own pace only. Ask for the speaking rate 1, or for another voice.");
        }

        IDisposableReadOnlyCollection<OrtValue> outputs;
        try
        {
            outputs = Run(ids, (float)speakingRate, cancellationToken);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw new VoiceException($"The voice {_name} failed to speak.", e);
        }

        var audio = new VitsAudio(outputs);
        if (IsUsable(audio.Samples))
        {
            return audio;
        }

        audio.Dispose();
        throw new VoiceException($"The voice {_name} returned unusable audio.");
    }

    public void Dispose() => _session.Dispose();

    // Of finite numbers the largest magnitude is finite; NaN and infinity come through.
    private static bool IsUsable(ReadOnlySpan<float> samples) => !samples.IsEmpty && float.IsFinite(TensorPrimitives.MaxMagnitude(samples));

    private IDisposableReadOnlyCollection<OrtValue> Run(long[] ids, float rate, CancellationToken cancellationToken)
    {
        long[] shape = [1, ids.Length];
        using var options = new RunOptions();
        using var ending = cancellationToken.Register(() => options.Terminate = true);
        var inputs = new Dictionary<string, OrtValue>();
        try
        {
            inputs.Add(InputIds, OrtValue.CreateTensorValueFromMemory(ids, shape));
            if (_takesMask)
            {
                var mask = new long[ids.Length];
                Array.Fill(mask, 1);
                inputs.Add(AttentionMask, OrtValue.CreateTensorValueFromMemory(mask, shape));
            }

            if (_rateShape is not null)
            {
                inputs.Add(SpeakingRate, OrtValue.CreateTensorValueFromMemory([rate], _rateShape));
            }

            if (_oneAtATime is null)
            {
                return _session.Run(options, inputs, [Waveform]);
            }

            lock (_oneAtATime)
            {
                return _session.Run(options, inputs, [Waveform]);
            }
        }
        finally
        {
            foreach (var input in inputs.Values)
            {
                input.Dispose();
            }
        }
    }

    private void CheckInterface()
    {
        foreach ((var name, var input) in _session.InputMetadata)
        {
            var expected = name switch
            {
                InputIds or AttentionMask => TensorElementType.Int64,
                SpeakingRate => TensorElementType.Float,
                _ => throw new VoiceException($"The model of the voice {_name} has an input {name}, which is unknown."),
            };
            Check(name, input, expected);
        }

        if (!_session.InputMetadata.ContainsKey(InputIds))
        {
            throw new VoiceException($"The model of the voice {_name} has no input {InputIds}.");
        }

        if (!_session.OutputMetadata.TryGetValue(Waveform, out var output))
        {
            throw new VoiceException($"The model of the voice {_name} has no output {Waveform}.");
        }

        Check(Waveform, output, TensorElementType.Float);
    }

    private void Check(string name, NodeMetadata node, TensorElementType expected)
    {
        if (node.OnnxValueType != OnnxValueType.ONNX_TYPE_TENSOR || node.ElementDataType != expected)
        {
            throw new VoiceException($"{name} of the model of the voice {_name} is not a tensor of {expected}.");
        }
    }
}

/// <summary>One spoken segment, in the runtime's own memory until disposed of.</summary>
public sealed class VitsAudio : IDisposable
{
    private readonly IDisposableReadOnlyCollection<OrtValue> _outputs;

    internal VitsAudio(IDisposableReadOnlyCollection<OrtValue> outputs) => _outputs = outputs;

    /// <summary>The samples, finite, at least one, meant to be in -1..1. They may be changed in place; not to be used once disposed of.</summary>
    public Span<float> Samples => _outputs[0].GetTensorMutableDataAsSpan<float>();

    public void Dispose() => _outputs.Dispose();
}
