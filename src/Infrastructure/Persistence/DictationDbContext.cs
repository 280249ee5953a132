using Dictation.Domain.Tts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Dictation.Infrastructure.Persistence;

/// <summary>The one model. Its two subclasses only tie a set of migrations to a provider (ADR 4).</summary>
public abstract class DictationDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<TtsTask> Tasks => Set<TtsTask>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(DictationDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<TtsTaskStatus>().HaveConversion<string>().HaveMaxLength(16).AreUnicode(false);
    }

    /// <summary>Both databases store times without a zone: they are UTC on the way in and on the way out.</summary>
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(v => v, v => DateTime.SpecifyKind(v, DateTimeKind.Utc));
}

public sealed class SqliteDictationDbContext(DbContextOptions<SqliteDictationDbContext> options) : DictationDbContext(options);

public sealed class SqlServerDictationDbContext(DbContextOptions<SqlServerDictationDbContext> options) : DictationDbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // Conversion ids are compared to page through time: byte order, as on SQLite, and no linguistic one.
        modelBuilder.Entity<TtsTask>().Property(t => t.ConversionId).UseCollation("Latin1_General_100_BIN2");
        modelBuilder.Entity<TtsTask>().Property(t => t.ContentKey).UseCollation("Latin1_General_100_BIN2");
    }
}
