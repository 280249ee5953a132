using FluentValidation;

namespace Dictation.Application.Attempts;

/// <summary>The learner and the span of time: conditions of every list of attempts and every figure over them.</summary>
public interface IAttemptsRequest
{
    /// <summary>UTC, inclusive.</summary>
    DateTime? Since { get; }

    /// <summary>UTC, exclusive.</summary>
    DateTime? Until { get; }

    /// <summary>Up to 100 characters; everybody's when left out.</summary>
    string? UserId { get; }
}

/// <summary>The rules for <see cref="IAttemptsRequest"/>.</summary>
public sealed class AttemptsRequestValidator : AbstractValidator<IAttemptsRequest>
{
    public AttemptsRequestValidator()
    {
        RuleFor(q => q.UserId).UserId();
        RuleFor(q => q.Until).LaterThan(q => q.Since);
    }
}
