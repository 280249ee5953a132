using Dictation.Domain.Attempts;
using Dictation.Domain.Items;
using Dictation.Domain.Tags;
using Dictation.Domain.Tts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Dictation.Infrastructure.Persistence;

/// <summary>The one model. Each provider derives a context, which ties a set of migrations to it and says what differs (ADR 23).</summary>
public abstract class DictationDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<TtsTask> Tasks => Set<TtsTask>();

    public DbSet<Item> Items => Set<Item>();

    public DbSet<ItemTag> ItemTags => Set<ItemTag>();

    public DbSet<Tag> Tags => Set<Tag>();

    public DbSet<Attempt> Attempts => Set<Attempt>();

    public DbSet<OrphanedAudio> OrphanedAudio => Set<OrphanedAudio>();

    public DbSet<StoredTimings> Timings => Set<StoredTimings>();

    public DbSet<PracticeTotals15Min> PracticeTotals15Min => Set<PracticeTotals15Min>();

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

internal sealed record MissedWordRow(long AttemptId, string Word);
