namespace Dictation.Speech;

/// <summary>A voice is missing, broken, or gave unusable audio. The message is fit for the client: no path, no stack.</summary>
public sealed class VoiceException(string message, Exception? innerException = null) : Exception(message, innerException);
