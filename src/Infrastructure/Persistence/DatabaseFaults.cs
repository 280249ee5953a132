using Dictation.Application.Abstractions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Dictation.Infrastructure.Persistence;

/// <inheritdoc cref="IDatabaseFaults"/>
public sealed class DatabaseFaults(DatabaseProvider provider) : IDatabaseFaults
{
    public bool IsOutage(Exception exception) =>
        exception is RetryLimitExceededException || provider.IsOutage(exception) || (exception.InnerException is { } inner && IsOutage(inner));
}
