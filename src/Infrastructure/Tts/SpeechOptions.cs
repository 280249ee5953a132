namespace Dictation.Infrastructure.Tts;

/// <summary>How this server speaks.</summary>
/// <param name="Device"><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>directml</c>, ignoring case.</param>
/// <param name="IntraOpThreads">Threads that one inference uses; 0 lets ONNX Runtime choose.</param>
/// <param name="VoicesDirectory">A folder of voice folders beside the built-in ones, or null.</param>
/// <param name="DefaultVoice">The voice that speaks unless another is asked for; null takes the first built-in one.</param>
/// <param name="MaxSegmentCharacters">The longest piece spoken in one run; a voice's own limit lowers it.</param>
public sealed record SpeechOptions(
    string Device = OnnxDevice.Auto,
    int IntraOpThreads = 0,
    string? VoicesDirectory = null,
    string? DefaultVoice = null,
    int MaxSegmentCharacters = 300);
