using FluentValidation;
using FluentValidation.Results;
using MediatR;

namespace Dictation.Application;

/// <summary>The one place where requests are validated: before any handler runs, all fields at once.</summary>
public sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var errors = new List<FieldError>();
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, cancellationToken);
            errors.AddRange(result.FieldErrors());
        }

        return errors.Count == 0 ? await next() : throw new RequestInvalidException(errors);
    }
}

internal static class ValidationResults
{
    public static IReadOnlyList<FieldError> FieldErrors(this ValidationResult result) =>
        result.Errors.Select(e => new FieldError(e.PropertyName, e.ErrorMessage, e.ErrorCode)).ToList();
}
