using Dictation.Domain.Attempts;
using Dictation.Domain.Items;
using Dictation.Domain.Tags;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence.Configurations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Dictation.Infrastructure.Persistence;

/// <summary>The one model. Its two subclasses only tie a set of migrations to a provider (ADR 4).</summary>
public abstract class DictationDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<TtsTask> Tasks => Set<TtsTask>();

    public DbSet<Item> Items => Set<Item>();

    public DbSet<ItemTag> ItemTags => Set<ItemTag>();

    public DbSet<Tag> Tags => Set<Tag>();

    public DbSet<Attempt> Attempts => Set<Attempt>();

    public DbSet<UnusedAudio> UnusedAudio => Set<UnusedAudio>();

    public DbSet<StoredTimings> Timings => Set<StoredTimings>();

    public DbSet<PracticeQuarter> PracticeQuarters => Set<PracticeQuarter>();

    /// <summary>Every word that an attempt on the item missed, a row each. EF Core cannot unfold a stored list on SQLite, so each provider says how.</summary>
    internal abstract IQueryable<MissedWordRow> MissedWords(long itemId);

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(DictationDbContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<TtsTaskStatus>().HaveConversion<string>().HaveMaxLength(16).AreUnicode(false);
        configurationBuilder.Properties<VoiceEngine>().HaveConversion<string>().HaveMaxLength(16).AreUnicode(false);
        configurationBuilder.Properties<ItemSpeechStatus>().HaveConversion<string>().HaveMaxLength(16).AreUnicode(false);
    }

    /// <summary>Both databases store times without a zone: they are UTC on the way in and on the way out.</summary>
    internal sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(v => v, v => DateTime.SpecifyKind(v, DateTimeKind.Utc));
}

public sealed class SqliteDictationDbContext(DbContextOptions<SqliteDictationDbContext> options) : DictationDbContext(options)
{
    internal override IQueryable<MissedWordRow> MissedWords(long itemId) =>
        Database.SqlQuery<MissedWordRow>($"SELECT a.Id AS AttemptId, w.value AS Word FROM Attempts a, json_each(a.MissedWords) w WHERE a.ItemId = {itemId}");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // A part of a text may stand anywhere in it: every text is looked through, here without the rest of its row.
        modelBuilder.Entity<Item>().HasIndex(i => new { i.Id, i.SearchText }).HasDatabaseName(ItemConfiguration.SearchIndex);
    }
}

public sealed class SqlServerDictationDbContext(DbContextOptions<SqlServerDictationDbContext> options) : DictationDbContext(options)
{
    internal override IQueryable<MissedWordRow> MissedWords(long itemId) => Database.SqlQuery<MissedWordRow>(
        $"SELECT a.Id AS AttemptId, w.Word COLLATE Latin1_General_100_BIN2 AS Word FROM Attempts a CROSS APPLY OPENJSON(a.MissedWords) WITH (Word nvarchar(max) '$') w WHERE a.ItemId = {itemId}");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // As on SQLite; a text is too long for a key.
        modelBuilder.Entity<Item>().HasIndex(i => i.Id).IncludeProperties(i => i.SearchText).HasDatabaseName(ItemConfiguration.SearchIndex);

        // What is compared byte by byte on SQLite is so here: ids that page through time, and folded texts, whose case and accents are settled.
        const string Bytes = "Latin1_General_100_BIN2";
        modelBuilder.Entity<TtsTask>().Property(t => t.ConversionId).UseCollation(Bytes);
        modelBuilder.Entity<TtsTask>().Property(t => t.ContentKey).UseCollation(Bytes);
        modelBuilder.Entity<Item>().Property(i => i.ConversionId).UseCollation(Bytes);
        modelBuilder.Entity<UnusedAudio>().Property(u => u.ConversionId).UseCollation(Bytes);
        modelBuilder.Entity<StoredTimings>().Property(t => t.ConversionId).UseCollation(Bytes);
        modelBuilder.Entity<Item>().Property(i => i.SearchText).UseCollation(Bytes);
        modelBuilder.Entity<ItemTag>().Property(t => t.Key).UseCollation(Bytes);
        modelBuilder.Entity<Tag>().Property(t => t.Key).UseCollation(Bytes);
        modelBuilder.Entity<Attempt>().Property(a => a.UserId).UseCollation(Bytes);
    }
}

internal sealed record MissedWordRow(long AttemptId, string Word);
