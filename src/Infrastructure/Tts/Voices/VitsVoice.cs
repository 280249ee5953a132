using System.Collections.Concurrent;
using System.Numerics;
using System.Numerics.Tensors;
using Dictation.Infrastructure.Tts.Onnx;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Speech;
using Dictation.Speech.Audio;
using Dictation.Speech.Synthesis;
using Dictation.Speech.Timeline;
using Microsoft.Extensions.Logging;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>
/// A loaded voice of the VITS kind, in whichever layout it was published, its network matched by the names of its inputs and outputs. It runs in parts
/// where its graph can be cut, else whole.
/// </summary>
internal sealed partial class VitsVoice : IVoiceModel
{
    /// <summary>Inputs and outputs of the networks of all layouts.</summary>
    public const string InputIds = "input_ids", AttentionMask = "attention_mask", SpeakingRate = "speaking_rate", Waveform = "waveform", Durations = "durations",
        PiperInput = "input", PiperLengths = "input_lengths", PiperScales = "scales", Speaker = "sid", OtherSpeaker = "speaker", PiperOutput = "output",
        SherpaInput = "x", SherpaLength = "x_length", SherpaNoise = "noise_scale", SherpaLengthScale = "length_scale", SherpaNoiseWidth = "noise_scale_w", SherpaOutput = "y";

    /// <summary>The type and rank of every input that networks of this kind have.</summary>
    public static readonly IReadOnlyDictionary<string, (TensorElementType Type, int? Rank)> Inputs = new Dictionary<string, (TensorElementType, int?)>
    {
        [InputIds] = (TensorElementType.Int64, 2),
        [AttentionMask] = (TensorElementType.Int64, 2),
        [SpeakingRate] = (TensorElementType.Float, null),
        [PiperInput] = (TensorElementType.Int64, 2),
        [PiperLengths] = (TensorElementType.Int64, 1),
        [PiperScales] = (TensorElementType.Float, 1),
        [Speaker] = (TensorElementType.Int64, 1),
        [OtherSpeaker] = (TensorElementType.Int64, 1),
        [SherpaInput] = (TensorElementType.Int64, 2),
        [SherpaLength] = (TensorElementType.Int64, 1),
        [SherpaNoise] = (TensorElementType.Float, 1),
        [SherpaLengthScale] = (TensorElementType.Float, 1),
        [SherpaNoiseWidth] = (TensorElementType.Float, 1),
    };

    /// <summary>The inputs that make a network speak slower or faster.</summary>
    private static readonly string[] RateInputs = [SpeakingRate, PiperScales, SherpaLengthScale];

    // Every id counts, in every text: one mask serves all, in memory that the garbage collector does not move.
    private static long[] _ones = [];

    private readonly ConcurrentDictionary<string, byte> _unspoken = new(StringComparer.Ordinal);
    private readonly IVitsVoiceFolder _folder;
    private readonly ILogger _logger;
    private readonly VitsNetwork? _parts;
    private readonly OnnxModel? _whole;
    private readonly string[] _wholeOutputs = [];

    /// <summary>Loads the network, and cuts it into parts when that was not done before.</summary>
    /// <exception cref="VoiceException">The network cannot be loaded, or has inputs or outputs that the layout does not know.</exception>
    public VitsVoice(IVitsVoiceFolder folder, OnnxDevice device, VitsGraphStore graphs, ILogger logger)
    {
        _folder = folder;
        _logger = logger;
        var (parts, whyWhole) = folder.WhyWhole is { } why ? (null, why) : graphs.Get(
            folder.Voice.Name,
            Path.GetDirectoryName(folder.ModelPath)!,
            folder.Voice.ModelHash,
            into => folder.WriteGraphs(into, logger) ?? VitsPublishedGraph.Write(folder.Voice.Name, folder.ModelPath, into, device, ids => Values(ids, 1, null)));
        if (parts is not null)
        {
            var network = new VitsNetwork(folder.Voice.Name, parts, device);
            if (network.IsStretched || RateInputs.Any(network.Takes))
            {
                _parts = network;
                return;
            }

            // Whole sentences can be stretched afterwards; pieces would not join.
            network.Dispose();
            whyWhole = "Its graph takes no rate.";
        }

        WhyWhole = whyWhole;
        LogWhole(folder.Voice.Name, whyWhole!);
        _whole = new OnnxModel(folder.Voice.Name, folder.ModelPath, device);
        try
        {
            _whole.Check(Inputs, [folder.IdsInput], folder.Output);
        }
        catch
        {
            Dispose();
            throw;
        }

        _wholeOutputs = _whole.Has(Durations) ? [folder.Output, Durations] : [folder.Output];
    }

    public string? WhyWhole { get; }

    public string Device => (_parts?.Device ?? _whole?.Device)!;

    public SpokenSegment Speak(SegmentRequest segment, PieceSpoken spoken, CancellationToken cancellationToken)
    {
        var tokens = _folder.Tokenize(segment.Text);
        foreach (var unknown in tokens.Unspoken.Select(d => d.Symbol))
        {
            if (_unspoken.TryAdd(unknown, 0))
            {
                LogUnspoken(_folder.Voice.Name, unknown, string.Join(' ', unknown.EnumerateRunes().Select(r => $"U+{r.Value:X4}")));
            }
        }

        if (!tokens.Speakable)
        {
            return new SpokenSegment(null, tokens.Unspoken);
        }

        var values = Values(tokens.Ids, segment.Rate, segment.Speaker);
        return _parts is not null
            ? new SpokenSegment(
                tokens.Times(_parts.Speak(tokens.Ids.Length, values, (float)(1 / segment.Rate), segment.Noise, spoken, cancellationToken), _parts.Hop), tokens.Unspoken)
            : Whole(_whole!, tokens, values, segment.Rate, spoken, cancellationToken);
    }

    public void Dispose()
    {
        _parts?.Dispose();
        _whole?.Dispose();
    }

    private SpokenSegment Whole(
        OnnxModel whole, VoiceTokens tokens, Dictionary<string, OrtValue> values, double rate, PieceSpoken spoken, CancellationToken cancellationToken)
    {
        try
        {
            using var outputs = whole.Run(values, _wholeOutputs, cancellationToken);

            // Of finite numbers the largest magnitude is finite; NaN and infinity come through.
            var samples = outputs[0].GetTensorMutableDataAsSpan<float>();
            if (samples.IsEmpty || !float.IsFinite(TensorPrimitives.MaxMagnitude<float>(samples)))
            {
                throw new VoiceException($"The voice {_folder.Voice.Name} returned unusable audio.");
            }

            var takesRate = RateInputs.Any(whole.Has);
            if (!takesRate && rate != 1)
            {
                spoken(TimeStretch.Apply(samples, _folder.Voice.SampleRate, rate), 1);
                return new SpokenSegment(null, tokens.Unspoken);
            }

            var times = _wholeOutputs.Length > 1 ? Times(tokens, outputs[1].GetTensorDataAsSpan<float>(), samples.Length) : null;
            spoken(samples, 1);
            return new SpokenSegment(times, tokens.Unspoken);
        }
        finally
        {
            foreach (var value in values.Values)
            {
                value.Dispose();
            }
        }
    }

    /// <summary>What the network takes, under the names of every layout: it picks those that it has.</summary>
    private Dictionary<string, OrtValue> Values(long[] ids, double rate, long? speaker)
    {
        var scales = _folder.Scales;
        var length = (float)(scales.Length / rate);
        return new Dictionary<string, OrtValue>(StringComparer.Ordinal)
        {
            [_folder.IdsInput] = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]),
            [AttentionMask] = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, Ones(ids.Length), [1, ids.Length]),
            [SpeakingRate] = OrtValue.CreateTensorValueFromMemory([1 / length], [.. Enumerable.Repeat(1L, _whole?.Has(SpeakingRate) == true ? _whole.RankOf(SpeakingRate) : 1)]),
            [PiperLengths] = One((long)ids.Length),
            [SherpaLength] = One((long)ids.Length),
            [PiperScales] = OrtValue.CreateTensorValueFromMemory([scales.Noise, length, scales.NoiseWidth], [3]),
            [SherpaNoise] = One(scales.Noise),
            [SherpaLengthScale] = One(length),
            [SherpaNoiseWidth] = One(scales.NoiseWidth),
            [Speaker] = One(speaker ?? 0),
            [OtherSpeaker] = One(speaker ?? 0),
        };

        static OrtValue One<T>(T value)
            where T : unmanaged => OrtValue.CreateTensorValueFromMemory([value], [1]);
    }

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
    /// Durations that a network gives by itself are in frames: one for the mark at the start, one for each id that the network keeps, all but blanks, and
    /// one for the mark at the end. All frames together are all samples.
    /// </summary>
    private static List<CharacterTime>? Times(VoiceTokens tokens, ReadOnlySpan<float> durations, int samples)
    {
        if (tokens.Heard is not { } heard || durations.Length != heard.Count + 2)
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

        var times = new List<CharacterTime>(heard.Count);
        var perFrame = samples / total;
        double at = durations[0];
        for (var i = 0; i < heard.Count; i++)
        {
            var next = at + durations[i + 1];
            times.Add(new CharacterTime(heard[i].Character, (int)Math.Round(at * perFrame), (int)Math.Round(next * perFrame)));
            at = next;
        }

        return times;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The voice {Voice} has no sound for {Symbol} ({CodePoint}); it is left out")]
    private partial void LogUnspoken(string voice, string symbol, string codePoint);

    [LoggerMessage(Level = LogLevel.Information, Message = "The voice {Voice} runs whole: {Reason}")]
    private partial void LogWhole(string voice, string reason);
}

/// <summary>A folder with a VITS voice, in one of the layouts.</summary>
internal interface IVitsVoiceFolder
{
    Application.Abstractions.Voice Voice { get; }

    string ModelPath { get; }

    /// <inheritdoc cref="InstalledVoice.WhyWhole"/>
    string? WhyWhole { get; }

    /// <summary>The name of the network's input of ids.</summary>
    string IdsInput { get; }

    /// <summary>The name of the network's output of samples.</summary>
    string Output { get; }

    VoiceScales Scales { get; }

    VoiceTokens Tokenize(string segment);

    /// <summary>Writes the parts of a network that was not published as a graph; null where it was.</summary>
    VitsPlanFile? WriteGraphs(VitsGraphFolder into, ILogger logger) => null;
}
