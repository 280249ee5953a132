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
    public static AttemptFilter Filter(this IStatsRequest request, long? itemId = null) => new(itemId, request.UserId, request.Since, request.Until);
}
