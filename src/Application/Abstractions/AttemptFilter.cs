namespace Dictation.Application.Abstractions;

/// <summary>Which attempts are meant. What is null does not matter.</summary>
/// <param name="Since">UTC, inclusive.</param>
/// <param name="Until">UTC, exclusive.</param>
public sealed record AttemptFilter(long? ItemId = null, string? UserId = null, DateTime? Since = null, DateTime? Until = null);
