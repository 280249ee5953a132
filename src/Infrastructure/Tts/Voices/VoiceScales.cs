namespace Dictation.Infrastructure.Tts.Voices;

/// <summary>A voice's own settings of its speech.</summary>
/// <param name="Noise">How lively the voice is, 0..10.</param>
/// <param name="Length">How slowly it speaks at rate 1, 0..10.</param>
/// <param name="NoiseWidth">How much the lengths of sounds vary, 0..10.</param>
public readonly record struct VoiceScales(float Noise, float Length, float NoiseWidth)
{
    /// <summary>What a VITS voice has whose configuration says nothing.</summary>
    public static readonly VoiceScales Default = new(0.667f, 1, 0.8f);
}
