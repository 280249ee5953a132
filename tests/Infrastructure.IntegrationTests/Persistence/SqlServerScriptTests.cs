using Dictation.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>The script that an operator runs against SQL Server.</summary>
public sealed class SqlServerScriptTests
{
    [Test]
    public void MigrationScript_Idempotent_EqualsTheGoldenFile()
    {
        var builder = new DbContextOptionsBuilder<SqlServerDictationDbContext>();
        builder.UseDatabase(DatabaseProvider.SqlServer, "Server=never-opened");
        using var db = new SqlServerDictationDbContext(builder.Options);
        GoldenFile.AssertEqual("docs/sql/sqlserver.sql", db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent));
    }
}
