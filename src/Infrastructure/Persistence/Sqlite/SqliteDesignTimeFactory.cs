using Microsoft.EntityFrameworkCore.Design;

namespace Dictation.Infrastructure.Persistence.Sqlite;

/// <summary>Makes the context from which <c>dotnet ef</c> writes SQLite's migrations.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<SqliteDictationDbContext>
{
    public SqliteDictationDbContext CreateDbContext(string[] args) => (SqliteDictationDbContext)new SqliteProvider().CreateContext("Data Source=design-time.db");
}
