using System.Collections.Concurrent;
using Dictation.Speech;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>A loaded voice in the layout of Piper, its network matched by the names of its inputs and outputs.</summary>
public sealed partial class PiperVoice : IVoiceModel
{
    /// <summary>Inputs and output of the network.</summary>
    public const string Input = "input", Lengths = "input_lengths", Scales = "scales", Speaker = "sid", Output = "output";

    /// <summary>The inputs that every such network has.</summary>
    public static readonly string[] Needed = [Input, Lengths, Scales];

    private static readonly Dictionary<string, TensorElementType> Inputs = new()
    {
        [Input] = TensorElementType.Int64,
        [Lengths] = TensorElementType.Int64,
        [Scales] = TensorElementType.Float,
        [Speaker] = TensorElementType.Int64,
    };

    private readonly ConcurrentDictionary<string, byte> _unknown = new(StringComparer.Ordinal);
    private readonly PiperVoiceFolder _folder;
    private readonly OnnxModel _model;
    private readonly ILogger _logger;

    /// <summary>Loads the model.</summary>
    /// <exception cref="VoiceException">The model cannot be loaded, or has inputs or outputs that this layout does not know.</exception>
    public PiperVoice(PiperVoiceFolder folder, OnnxDevice device, ILogger logger)
    {
        _folder = folder;
        _logger = logger;
        _model = new OnnxModel(folder.Voice.Name, folder.ModelPath, device);
        try
        {
            _model.Check(Inputs, Needed, Output);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Device => _model.Device;

    public SegmentAudio Speak(string segment, double speakingRate, long? speaker, CancellationToken cancellationToken)
    {
        var tokens = _folder.Tokenizer.Tokenize(segment);
        foreach (var phoneme in tokens.Unknown)
        {
            if (_unknown.TryAdd(phoneme, 0))
            {
                LogUnknown(_folder.Voice.Name, phoneme, string.Join(' ', phoneme.EnumerateRunes().Select(r => $"U+{r.Value:X4}")));
            }
        }

        if (!tokens.Speakable)
        {
            return SegmentAudio.Nothing(tokens.Unknown.Count);
        }

        var scales = _folder.Scales;
        var inputs = new Dictionary<string, OrtValue>
        {
            [Input] = OrtValue.CreateTensorValueFromMemory(tokens.Ids, [1, tokens.Ids.Length]),
            [Lengths] = OrtValue.CreateTensorValueFromMemory([(long)tokens.Ids.Length], [1]),
            [Scales] = OrtValue.CreateTensorValueFromMemory([scales.Noise, (float)(scales.Length / speakingRate), scales.NoiseWidth], [3]),
        };
        if (_model.Has(Speaker))
        {
            inputs[Speaker] = OrtValue.CreateTensorValueFromMemory([speaker ?? 0], [1]);
        }

        return SegmentAudio.From(_folder.Voice.Name, _model.Run(inputs, [Output], cancellationToken), tokens.Unknown.Count);
    }

    public void Dispose() => _model.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The voice {Voice} has no sound for the phoneme {Phoneme} ({CodePoint}); it is left out")]
    private partial void LogUnknown(string voice, string phoneme, string codePoint);
}
