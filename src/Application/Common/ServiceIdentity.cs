namespace Dictation.Application;

/// <summary>What this program calls itself.</summary>
public sealed record ServiceIdentity(string Name, string Version);
