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
    string Durations, string? DurationNoise, string? PriorNoise, string? LengthScale, float OwnLengthScale, string Latents, string Waveform, int Channels, int Hop, int Left, int Right);
