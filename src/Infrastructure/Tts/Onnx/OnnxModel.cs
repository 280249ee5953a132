using Dictation.Speech;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Dictation.Infrastructure.Tts.Onnx;

/// <summary>
/// A voice's network, loaded: one ONNX Runtime session. <see cref="Run"/> may be called from several threads at once; dispose of the model
/// once none is in it.
/// </summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly Lock? _oneAtATime;
    private readonly string _voice;

    /// <param name="voice">The voice's name, for messages.</param>
    /// <param name="path">The model file.</param>
    /// <param name="device">Where it runs.</param>
    /// <param name="changed">The model in place of the file's, with its weights; null for the file.</param>
    /// <exception cref="VoiceException">The model cannot be loaded.</exception>
    public OnnxModel(string voice, string path, OnnxDevice device, byte[]? changed = null)
    {
        _voice = voice;
        try
        {
            (_session, Device) = device.Open(path, changed);
        }
        catch (OnnxRuntimeException e)
        {
            throw new VoiceException($"The voice {voice} could not be loaded.", e);
        }

        // DirectML alone forbids concurrent runs of one session.
        if (Device == OnnxDevice.DirectMl)
        {
            _oneAtATime = new Lock();
        }
    }

    /// <summary>Where it runs: <c>cpu</c>, <c>cuda</c> or <c>directml</c>.</summary>
    public string Device { get; }

    /// <summary>Whether the network has an input or output of that name.</summary>
    public bool Has(string name) => _session.InputMetadata.ContainsKey(name) || _session.OutputMetadata.ContainsKey(name);

    /// <summary>The names of its outputs, in the network's order.</summary>
    public IReadOnlyList<string> Outputs => _session.OutputNames;

    /// <summary>How many dimensions an input has.</summary>
    public int RankOf(string input) => _session.InputMetadata[input].Dimensions.Length;

    /// <summary>Holds the network against what a layout expects, by name.</summary>
    /// <param name="inputs">Every input that the layout knows and its type.</param>
    /// <param name="needed">The inputs that it cannot do without.</param>
    /// <param name="output">The output with the samples.</param>
    /// <exception cref="VoiceException">An input is unknown, one is missing, or one has another type.</exception>
    public void Check(IReadOnlyDictionary<string, (TensorElementType Type, int? Rank)> inputs, IReadOnlyList<string> needed, string output)
    {
        foreach ((var name, var input) in _session.InputMetadata)
        {
            Check(name, input, inputs.TryGetValue(name, out var expected)
                ? expected.Type
                : throw new VoiceException($"The model of the voice {_voice} has an input {name}, which is unknown."));
        }

        foreach (var name in needed)
        {
            if (!_session.InputMetadata.ContainsKey(name))
            {
                throw new VoiceException($"The model of the voice {_voice} has no input {name}.");
            }
        }

        Check(output, _session.OutputMetadata.TryGetValue(output, out var samples)
            ? samples
            : throw new VoiceException($"The model of the voice {_voice} has no output {output}."), TensorElementType.Float);
    }

    /// <summary>Runs the network once.</summary>
    /// <param name="inputs">By name; those that the network does not have are left out. The caller disposes of them.</param>
    /// <param name="outputs">The outputs wanted, in the order in which they are returned.</param>
    /// <param name="cancellationToken">Ends the run at the network's next node.</param>
    /// <exception cref="VoiceException">The network failed.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(IReadOnlyDictionary<string, OrtValue> inputs, string[] outputs, CancellationToken cancellationToken)
    {
        var names = _session.InputNames.Where(inputs.ContainsKey).ToList();
        var values = names.ConvertAll(name => inputs[name]);
        using var options = new RunOptions();
        using var ending = cancellationToken.Register(() => options.Terminate = true);
        try
        {
            if (_oneAtATime is null)
            {
                return _session.Run(options, names, values, outputs);
            }

            lock (_oneAtATime)
            {
                return _session.Run(options, names, values, outputs);
            }
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException e)
        {
            throw new VoiceException($"The voice {_voice} failed to speak.", e);
        }
    }

    public void Dispose() => _session.Dispose();

    private void Check(string name, NodeMetadata node, TensorElementType expected)
    {
        if (node.OnnxValueType != OnnxValueType.ONNX_TYPE_TENSOR || node.ElementDataType != expected)
        {
            throw new VoiceException($"{name} of the model of the voice {_voice} is not a tensor of {expected}.");
        }
    }
}
