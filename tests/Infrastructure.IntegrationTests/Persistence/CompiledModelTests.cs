using System.Text.RegularExpressions;
using Dictation.Infrastructure.Persistence.Sqlite;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Scaffolding;
using Microsoft.EntityFrameworkCore.Sqlite.Design.Internal;
using Microsoft.Extensions.DependencyInjection;

namespace Dictation.Infrastructure.IntegrationTests.Persistence;

/// <summary>The model that the service uses on SQLite is code, written ahead of time (ADR 15); it must be the one that the context describes.</summary>
public sealed partial class CompiledModelTests
{
    private const string Folder = "src/Infrastructure/Persistence/Sqlite/CompiledModel";

    [Test]
    public void CompiledModel_OfTheContext_EqualsTheGoldenFiles()
    {
        using var db = (SqliteDictationDbContext)DatabaseProviders.Sqlite.CreateContext("Data Source=never-opened.db");
        using var directory = new TemporaryDirectory();
        var written = Write(db, directory.Path);
        Assert.That(written, Is.Not.Empty);
        foreach (var file in written)
        {
            GoldenFile.AssertEqual($"{Folder}/{Path.GetFileName(file)}", ModelId().Replace(File.ReadAllText(file), $"new Guid(\"{Guid.Empty}\")"));
        }

        Assert.That(
            Directory.GetFiles(Repository.File(Folder)).Select(Path.GetFileName),
            Is.EquivalentTo(written.Select(Path.GetFileName)),
            $"Remove what is no longer written from {Folder}.");
    }

    [Test]
    public void Context_OnSqlite_UsesTheCompiledModel()
    {
        using var db = (SqliteDictationDbContext)DatabaseProviders.Sqlite.CreateContext("Data Source=never-opened.db");
        Assert.That(db.Model.GetType().FullName, Is.EqualTo("Dictation.Infrastructure.Persistence.Sqlite.CompiledModel.SqliteDictationDbContextModel"));
    }

    // Another each time that it is written.
    [GeneratedRegex("new Guid\\(\"[0-9a-f-]{36}\"\\)")]
    private static partial Regex ModelId();

    /// <returns>The files.</returns>
    private static List<string> Write(SqliteDictationDbContext db, string directory)
    {
        var services = new ServiceCollection();
        services.AddEntityFrameworkDesignTimeServices();
        services.AddDbContextDesignTimeServices(db);
#pragma warning disable EF1001 // As `dotnet ef dbcontext optimize` does it.
        new SqliteDesignTimeServices().ConfigureDesignTimeServices(services);
#pragma warning restore EF1001
        using var provider = services.BuildServiceProvider();
        return [.. provider.GetRequiredService<ICompiledModelScaffolder>().ScaffoldModel(
            db.GetService<IDesignTimeModel>().Model,
            directory,
            new CompiledModelCodeGenerationOptions { ContextType = typeof(SqliteDictationDbContext), ModelNamespace = "Dictation.Infrastructure.Persistence.Sqlite.CompiledModel" })];
    }
}
