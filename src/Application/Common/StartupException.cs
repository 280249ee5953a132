namespace Dictation.Application;

/// <summary>The service cannot start as it is configured. The message is a sentence for the operator and says what to change.</summary>
public sealed class StartupException(string message, Exception? innerException = null) : Exception(message, innerException);
