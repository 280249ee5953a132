using System.Data.Common;
using System.Globalization;
using Dictation.Application;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Dictation.Infrastructure.Persistence.SqlServer;

/// <summary>SQL Server, for several processes on one database.</summary>
public sealed class SqlServerProvider : DatabaseProvider
{
    /// <summary>
    /// Errors below the class of fatal ones that still mean an outage: timeout, log or disk full, database offline, login refused.
    /// </summary>
    private static readonly int[] Outages = [-2, 53, 258, 927, 942, 945, 1105, 3906, 4060, 9002, 18456];

    public override string Name => "SqlServer";

    public override string SystemName => "microsoft.sql_server";

    public override bool MigratesAtStart => false;

    public override string? ReadUrl(string scheme, string url)
    {
        if (scheme is not ("mssql" or "sqlserver") || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
        {
            return null;
        }

        var credentials = uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        var builder = new DbConnectionStringBuilder
        {
            ["Server"] = uri.IsDefaultPort ? uri.Host : $"{uri.Host},{uri.Port}",
            ["Database"] = Uri.UnescapeDataString(uri.AbsolutePath.Trim('/')),
        };
        if (credentials is [{ Length: > 0 } user, ..])
        {
            builder["User ID"] = user;
            builder["Password"] = credentials.ElementAtOrDefault(1) ?? "";
        }
        else
        {
            builder["Integrated Security"] = "true";
        }

        return builder.ToString();
    }

    public override bool Owns(DbConnectionStringBuilder connectionString) =>
        connectionString.ContainsKey("Server") || connectionString.ContainsKey("Initial Catalog") || connectionString.ContainsKey("Database");

    public override string CompleteConnectionString(string? connectionString, string dataDirectory, string currentDirectory) =>
        connectionString is { Length: > 0 }
            ? connectionString
            : throw new StartupException("Database:Provider is SqlServer and there is no connection string. Set DATABASE_URL or Database__ConnectionString.");

    public override void RegisterServices(IServiceCollection services, Action<IServiceProvider, DbContextOptionsBuilder> configure)
    {
        services.AddDbContextPool<SqlServerDictationDbContext>(configure);
        services.AddScoped<DictationDbContext>(p => p.GetRequiredService<SqlServerDictationDbContext>());
        services.AddSingleton<IWriteQueue, NoWriteQueue>();
    }

    public override DictationDbContext CreateContext(string connectionString, params IInterceptor[] interceptors) =>
        new SqlServerDictationDbContext(OptionsFor<SqlServerDictationDbContext>(connectionString, interceptors));

    public override string? ExplainStartFailure(Exception exception, string connectionString) => exception is SqlException
        ? $"SQL Server cannot be reached or its schema cannot be changed: {exception.Message} Check DATABASE_URL and the login's rights."
        : null;

    public override string ExplainPendingMigrations(IReadOnlyList<string> pending) =>
        $"The SQL Server database lacks {pending.Count} migration(s), from {pending[0]} on. Run docs/sql/sqlserver.sql against it, or start once with Database__MigrateAtStart=true.";

    public override bool IsUniqueViolation(DbUpdateException exception) => exception.InnerException is SqlException { Number: 2601 or 2627 };

    // Errors of class 17 and above concern the server's resources or the connection.
    public override bool IsOutage(Exception exception) =>
        exception is SqlException server && (server.IsTransient || server.Class >= 17 || Outages.Contains(server.Number));

    public override string? ErrorCodeOf(Exception exception) => (exception as SqlException)?.Number.ToString(CultureInfo.InvariantCulture);

    protected override void Use(DbContextOptionsBuilder builder, string connectionString) => builder.UseSqlServer(connectionString, o => o.EnableRetryOnFailure());
}
