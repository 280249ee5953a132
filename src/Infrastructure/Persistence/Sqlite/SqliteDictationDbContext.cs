using Dictation.Domain.Items;
using Dictation.Infrastructure.Persistence.Configurations;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.Persistence.Sqlite;

/// <summary>The model on SQLite.</summary>
public sealed class SqliteDictationDbContext(DbContextOptions<SqliteDictationDbContext> options) : DictationDbContext(options)
{
    internal override IQueryable<MissedWordRow> MissedWords(long itemId) =>
        Database.SqlQuery<MissedWordRow>($"SELECT a.Id AS AttemptId, w.value AS Word FROM Attempts a, json_each(a.MissedWords) w WHERE a.ItemId = {itemId}");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // A search for a part of a text reads every text. This index holds the texts without the rest of their rows.
        modelBuilder.Entity<Item>().HasIndex(i => new { i.Id, i.SearchText }).HasDatabaseName(ItemConfiguration.SearchIndex);
    }
}
