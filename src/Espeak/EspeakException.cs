namespace Dictation.Espeak;

/// <summary>The library does not do what is asked of it. The message says why, to a person.</summary>
public sealed class EspeakException(string message) : Exception(message);
