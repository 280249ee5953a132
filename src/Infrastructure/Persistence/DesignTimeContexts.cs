using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Dictation.Infrastructure.Persistence;

/// <summary>What <c>dotnet ef</c> writes the SQLite migrations from.</summary>
internal sealed class DesignTimeSqlite : IDesignTimeDbContextFactory<SqliteDictationDbContext>
{
    public SqliteDictationDbContext CreateDbContext(string[] args) =>
        new((DbContextOptions<SqliteDictationDbContext>)new DbContextOptionsBuilder<SqliteDictationDbContext>().UseDatabase(DatabaseProvider.Sqlite, "Data Source=design-time.db").Options);
}

/// <summary>What <c>dotnet ef</c> writes the SQL Server migrations from. No server is needed for that.</summary>
internal sealed class DesignTimeSqlServer : IDesignTimeDbContextFactory<SqlServerDictationDbContext>
{
    public SqlServerDictationDbContext CreateDbContext(string[] args) =>
        new((DbContextOptions<SqlServerDictationDbContext>)new DbContextOptionsBuilder<SqlServerDictationDbContext>().UseDatabase(DatabaseProvider.SqlServer, "Server=design-time").Options);
}
