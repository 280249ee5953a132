using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>The script that an operator runs against SQL Server.</summary>
public sealed class SqlServerScriptTests
{
    [Test]
    public void MigrationScript_Idempotent_EqualsTheGoldenFile()
    {
        using var db = DatabaseProviders.SqlServer.CreateContext("Server=never-opened");
        GoldenFile.AssertEqual("docs/sql/sqlserver.sql", db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent));
    }
}
