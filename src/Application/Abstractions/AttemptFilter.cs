namespace Dictation.Application.Abstractions;

/// <summary>Selects attempts. Null does not restrict.</summary>
/// <param name="Since">UTC, inclusive.</param>
/// <param name="Until">UTC, exclusive.</param>
public sealed record AttemptFilter(long? ItemId = null, string? UserId = null, DateTime? Since = null, DateTime? Until = null);
