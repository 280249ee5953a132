using Dictation.Application.Attempts;
using FluentValidation;

namespace Dictation.Application.Stats;

/// <summary>Whose attempts, and when.</summary>
public interface IStatsRequest
{
    /// <summary>UTC, inclusive.</summary>
    DateTime? Since { get; }

    /// <summary>UTC, exclusive.</summary>
    DateTime? Until { get; }

    /// <summary>Up to 100 characters; everybody's when left out.</summary>
    string? UserId { get; }
}

/// <summary>The rules for <see cref="IStatsRequest"/>.</summary>
public sealed class StatsRequestValidator : AbstractValidator<IStatsRequest>
{
    public StatsRequestValidator()
    {
        RuleFor(q => q.UserId).UserId();
        RuleFor(q => q.Until).LaterThan(q => q.Since);
    }
}

internal static class StatsRequests
{
    private static readonly DateTime End = new(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Bounds are brought to where attempts can lie: so reckoning with quarters of an hour and days stays within what a date can be.</summary>
    public static AttemptFilter Filter(this IStatsRequest request, long? itemId = null) => new(itemId, request.UserId, Within(request.Since), Within(request.Until));

    private static DateTime? Within(DateTime? bound) => bound < DateTime.UnixEpoch ? DateTime.UnixEpoch : bound > End ? End : bound;
}
