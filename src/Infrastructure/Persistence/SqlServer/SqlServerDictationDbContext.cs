using Dictation.Domain.Attempts;
using Dictation.Domain.Items;
using Dictation.Domain.Tags;
using Dictation.Domain.Tts;
using Dictation.Infrastructure.Persistence.Configurations;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.Persistence.SqlServer;

/// <summary>The model on SQL Server.</summary>
public sealed class SqlServerDictationDbContext(DbContextOptions<SqlServerDictationDbContext> options) : DictationDbContext(options)
{
    internal override IQueryable<MissedWordRow> MissedWords(long itemId) => Database.SqlQuery<MissedWordRow>(
        $"SELECT a.Id AS AttemptId, w.Word COLLATE Latin1_General_100_BIN2 AS Word FROM Attempts a CROSS APPLY OPENJSON(a.MissedWords) WITH (Word nvarchar(max) '$') w WHERE a.ItemId = {itemId}");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // The index for searches in texts, as on SQLite. A text is too long for a key, so it is included.
        modelBuilder.Entity<Item>().HasIndex(i => i.Id).IncludeProperties(i => i.SearchText).HasDatabaseName(ItemConfiguration.SearchIndex);

        // Compared byte by byte, as on SQLite: ids, whose order is that of time, and folded texts.
        const string Bytes = "Latin1_General_100_BIN2";
        modelBuilder.Entity<TtsTask>().Property(t => t.ConversionId).UseCollation(Bytes);
        modelBuilder.Entity<TtsTask>().Property(t => t.ContentKey).UseCollation(Bytes);
        modelBuilder.Entity<Item>().Property(i => i.ConversionId).UseCollation(Bytes);
        modelBuilder.Entity<OrphanedAudio>().Property(u => u.ConversionId).UseCollation(Bytes);
        modelBuilder.Entity<StoredTimings>().Property(t => t.ConversionId).UseCollation(Bytes);
        modelBuilder.Entity<Item>().Property(i => i.SearchText).UseCollation(Bytes);
        modelBuilder.Entity<ItemTag>().Property(t => t.Key).UseCollation(Bytes);
        modelBuilder.Entity<Tag>().Property(t => t.Key).UseCollation(Bytes);
        modelBuilder.Entity<Attempt>().Property(a => a.UserId).UseCollation(Bytes);
    }
}
