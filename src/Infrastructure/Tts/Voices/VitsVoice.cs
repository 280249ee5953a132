using System.Numerics;
using Dictation.Speech;
using Dictation.Speech.Audio;
using Dictation.Speech.Timeline;
using Dictation.Speech.Tokenization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>A loaded voice in the layout of Hugging Face VITS, its network matched by the names of its inputs and outputs.</summary>
public sealed class VitsVoice : IVoiceModel
{
    /// <summary>Inputs and output of the network. The second output that some have is how long each character lasts.</summary>
    public const string InputIds = "input_ids", AttentionMask = "attention_mask", SpeakingRate = "speaking_rate", Waveform = "waveform", Durations = "durations";

    private static readonly Dictionary<string, TensorElementType> Inputs = new()
    {
        [InputIds] = TensorElementType.Int64,
        [AttentionMask] = TensorElementType.Int64,
        [SpeakingRate] = TensorElementType.Float,
    };

    // Every character counts, in every text: one mask serves all, in memory that the garbage collector does not move.
    private static long[] _ones = [];

    private readonly VitsVoiceFolder _folder;
    private readonly OnnxModel _model;
    private readonly string[] _outputs;

    /// <summary>Loads the model.</summary>
    /// <exception cref="VoiceException">The model cannot be loaded, or has inputs or outputs that this layout does not know.</exception>
    public VitsVoice(VitsVoiceFolder folder, OnnxDevice device)
    {
        _folder = folder;
        _model = new OnnxModel(folder.Voice.Name, folder.ModelPath, device);
        try
        {
            _model.Check(Inputs, [InputIds], Waveform);
        }
        catch
        {
            Dispose();
            throw;
        }

        _outputs = _model.Has(Durations) ? [Waveform, Durations] : [Waveform];
    }

    public string Device => _model.Device;

    public SegmentAudio Speak(string segment, double speakingRate, long? speaker, CancellationToken cancellationToken)
    {
        var tokens = _folder.Tokenizer.Tokenize(segment);
        if (!tokens.Speakable)
        {
            return SegmentAudio.Nothing(tokens.Dropped);
        }

        long[] shape = [1, tokens.Ids.Length];
        var inputs = new Dictionary<string, OrtValue> { [InputIds] = OrtValue.CreateTensorValueFromMemory(tokens.Ids, shape) };
        if (_model.Has(AttentionMask))
        {
            inputs[AttentionMask] = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, Ones(tokens.Ids.Length), shape);
        }

        var takesRate = _model.Has(SpeakingRate);
        if (takesRate)
        {
            inputs[SpeakingRate] = OrtValue.CreateTensorValueFromMemory([(float)speakingRate], [.. Enumerable.Repeat(1L, _model.RankOf(SpeakingRate))]);
        }

        var outputs = _model.Run(inputs, _outputs, cancellationToken);
        var audio = SegmentAudio.From(_folder.Voice.Name, outputs, tokens.Dropped, samples => _outputs.Length > 1 ? Times(tokens, outputs[1].GetTensorDataAsSpan<float>(), samples) : null);
        if (takesRate || speakingRate == 1)
        {
            return audio;
        }

        using (audio)
        {
            return SegmentAudio.From(TimeStretch.Apply(audio.Samples, _folder.Voice.SampleRate, speakingRate), tokens.Dropped);
        }
    }

    public void Dispose() => _model.Dispose();

    private static Memory<long> Ones(int count)
    {
        var ones = Volatile.Read(ref _ones);
        if (ones.Length < count)
        {
            ones = GC.AllocateUninitializedArray<long>((int)BitOperations.RoundUpToPowerOf2((uint)count), pinned: true);
            Array.Fill(ones, 1);
            Volatile.Write(ref _ones, ones);
        }

        return ones.AsMemory(0, count);
    }

    /// <summary>
    /// Durations are in frames: one for the mark at the start, one for each id that the network keeps, all but blanks, and one for the mark
    /// at the end. All frames together are all samples.
    /// </summary>
    private static List<CharacterTime>? Times(TokenizedText tokens, ReadOnlySpan<float> durations, int samples)
    {
        if (tokens.Sources is not { } sources || durations.Length != sources.Length + 2)
        {
            return null;
        }

        double total = 0;
        foreach (var duration in durations)
        {
            total += duration;
        }

        if (!(total > 0) || !double.IsFinite(total))
        {
            return null;
        }

        var times = new List<CharacterTime>(sources.Length);
        var perFrame = samples / total;
        double at = durations[0];
        for (var i = 0; i < sources.Length; i++)
        {
            var next = at + durations[i + 1];
            times.Add(new CharacterTime(sources[i], (int)Math.Round(at * perFrame), (int)Math.Round(next * perFrame)));
            at = next;
        }

        return times;
    }
}
