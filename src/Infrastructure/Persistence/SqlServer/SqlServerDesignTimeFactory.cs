using Microsoft.EntityFrameworkCore.Design;

namespace Dictation.Infrastructure.Persistence.SqlServer;

/// <summary>Makes the context from which <c>dotnet ef</c> writes SQL Server's migrations. It needs no server.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerDictationDbContext>
{
    public SqlServerDictationDbContext CreateDbContext(string[] args) => (SqlServerDictationDbContext)new SqlServerProvider().CreateContext("Server=design-time");
}
