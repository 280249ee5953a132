namespace Dictation.Speech.Lexicons;

/// <summary>A lexicon's document is not what this service reads. The message is a sentence for the client, with line and column.</summary>
public sealed class LexiconFormatException(string message) : Exception(message);
