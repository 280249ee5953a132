using System.Text.Json.Serialization;
using Dictation.Speech.Synthesis;
using Microsoft.ML.OnnxRuntime;

namespace Dictation.Infrastructure.Tts.Vits;

/// <summary>How the parts of a VITS network are run: the names of what passes between them, and how far its generator looks.</summary>
/// <param name="Durations">Frames per id, an output of the text part.</param>
/// <param name="DurationNoise">Input of the text part, standard normal, <c>[1, 2, ids]</c>; null where the network draws none.</param>
/// <param name="PriorNoise">Input of the flow, standard normal, <c>[1, Channels, frames]</c>; null where the network draws none.</param>
/// <param name="LengthScale">Input of the text part that was a constant in the published graph; null where the graph has such an input itself, or none.</param>
/// <param name="OwnLengthScale">What that constant was: frames are stretched by it at rate 1.</param>
/// <param name="Latents">Input of the generator, <c>[1, Channels, frames]</c>.</param>
/// <param name="Waveform">Output of the generator.</param>
/// <param name="Channels">Of <paramref name="Latents"/>.</param>
/// <param name="Hop">Samples per frame.</param>
/// <param name="Left">Frames before a frame that its samples depend on.</param>
/// <param name="Right">Frames behind a frame that its samples depend on.</param>
internal sealed record VitsPlan(
    string Durations, string? DurationNoise, string? PriorNoise, string? LengthScale, float OwnLengthScale, string Latents, string Waveform, int Channels, int Hop, int Left, int Right)
{
    /// <summary>The most channels of latents.</summary>
    public const int MaxChannels = 1 << 16;

    /// <summary>Whether a plan that was read is one that can be run.</summary>
    [JsonIgnore]
    public bool IsSound => (Durations, Latents, Waveform) is (not null, not null, not null) && Channels is > 0 and <= MaxChannels
        && Hop is > 0 and <= GeneratorReach.MaxHop && Left is >= 0 and <= GeneratorReach.MaxReach && Right is >= 0 and <= GeneratorReach.MaxReach;

    /// <summary>Adds the length scale, where it is an input.</summary>
    /// <param name="values">What the network takes, by name.</param>
    /// <param name="length">How much longer than at the voice's own pace every sound is.</param>
    public void AddLength(Dictionary<string, OrtValue> values, float length)
    {
        if (LengthScale is not null)
        {
            values[LengthScale] = OrtValue.CreateTensorValueFromMemory([OwnLengthScale * length], [1]);
        }
    }

    /// <summary>Adds the noise of the durations, where the network draws any.</summary>
    public void AddDurationNoise(Dictionary<string, OrtValue> values, INoise noise, int ids) => Add(values, DurationNoise, noise, NoiseUse.Durations, 2, ids);

    /// <summary>Adds the noise of the sound, where the network draws any.</summary>
    public void AddPriorNoise(Dictionary<string, OrtValue> values, INoise noise, int frames) => Add(values, PriorNoise, noise, NoiseUse.Prior, Channels, frames);

    private static void Add(Dictionary<string, OrtValue> values, string? name, INoise noise, NoiseUse use, int channels, int length)
    {
        if (name is not null)
        {
            var numbers = new float[channels * length];
            noise.Fill(use, numbers);
            values[name] = OrtValue.CreateTensorValueFromMemory(numbers, [1, channels, length]);
        }
    }
}
