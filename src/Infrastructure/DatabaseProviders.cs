using Dictation.Infrastructure.Persistence;
using Dictation.Infrastructure.Persistence.Sqlite;
using Dictation.Infrastructure.Persistence.SqlServer;

namespace Dictation.Infrastructure;

/// <summary>The databases that the service can use: the one place that lists them.</summary>
public static class DatabaseProviders
{
    /// <summary>The default.</summary>
    public static DatabaseProvider Sqlite { get; } = new SqliteProvider();

    public static DatabaseProvider SqlServer { get; } = new SqlServerProvider();

    public static IReadOnlyList<DatabaseProvider> All { get; } = [Sqlite, SqlServer];

    /// <param name="name">In any case.</param>
    public static DatabaseProvider? Find(string name) => All.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
