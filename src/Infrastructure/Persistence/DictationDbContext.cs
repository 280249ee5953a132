using Dictation.Domain.Attempts;
using Dictation.Domain.Items;
using Dictation.Domain.Tags;
using Dictation.Domain.Tts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Dictation.Infrastructure.Persistence;

/// <summary>The model that all databases share. Each provider derives a context with its migrations and its differences (ADR 23).</summary>
public abstract class DictationDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<TtsTask> Tasks => Set<TtsTask>();

    public DbSet<Item> Items => Set<Item>();

    public DbSet<ItemTag> ItemTags => Set<ItemTag>();

    public DbSet<Tag> Tags => Set<Tag>();

    public DbSet<Attempt> Attempts => Set<Attempt>();

    public DbSet<OrphanedAudio> OrphanedAudio => Set<OrphanedAudio>();

    public DbSet<StoredTimings> Timings => Set<StoredTimings>();

    public DbSet<LexiconRow> Lexicons => Set<LexiconRow>();

    public DbSet<PracticeTotals15Min> PracticeTotals15Min => Set<PracticeTotals15Min>();

    /// <summary>
    /// The words that attempts on the item missed, one per row. EF Core cannot expand a stored list on SQLite, so each provider has its own
    /// SQL.
    /// </summary>
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

    /// <summary>Both databases store times without a zone. All times are UTC.</summary>
    internal sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(v => v, v => DateTime.SpecifyKind(v, DateTimeKind.Utc));
}

internal sealed record MissedWordRow(long AttemptId, string Word);
