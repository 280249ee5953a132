using Dictation.Application;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Dictation.Infrastructure.Persistence;

/// <summary>Migrates the schema before anything else starts. Refuses to start on an old schema that it may not migrate.</summary>
public sealed partial class DatabaseStarter(
    IServiceScopeFactory scopes, DatabaseProvider provider, IOptions<DatabaseOptions> options, ILogger<DatabaseStarter> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var settings = options.Value;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<DictationDbContext>();
        try
        {
            await using var exclusive = await provider.PrepareAsync(settings.ConnectionString, cancellationToken);
            var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            if (pending.Count == 0)
            {
                return;
            }

            if (!provider.MigratesAtStart && !settings.MigrateAtStart)
            {
                throw new StartupException(provider.ExplainPendingMigrations(pending));
            }

            LogMigrating(pending.Count);
            await db.Database.MigrateAsync(cancellationToken);
        }
        catch (Exception exception) when (provider.ExplainStartFailure(exception, settings.ConnectionString) is { } explanation)
        {
            throw new StartupException(explanation, exception);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "Migrating the database: {Count} migration(s)")]
    private partial void LogMigrating(int count);
}
