using Dictation.Domain.Items;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dictation.Infrastructure.Persistence.Configurations;

internal sealed class ItemConfiguration : IEntityTypeConfiguration<Item>, IEntityTypeConfiguration<ItemTag>
{
    /// <summary>Each provider defines it in its own way.</summary>
    public const string SearchIndex = "IX_Items_Search";

    public void Configure(EntityTypeBuilder<Item> builder)
    {
        builder.ToTable("Items");
        builder.HasKey(i => i.Id);
        builder.Property(i => i.Locale).HasMaxLength(16).IsUnicode(false);
        builder.Property(i => i.ConversionId).HasMaxLength(32).IsFixedLength().IsUnicode(false);
        builder.Property(i => i.TtsError).HasMaxLength(2000);
        builder.Property(i => i.AudioHash).HasMaxLength(64).IsFixedLength().IsUnicode(false);
        builder.HasMany(i => i.Tags).WithOne().HasForeignKey(t => t.ItemId).OnDelete(DeleteBehavior.Cascade);

        // Ids grow with time, so each index yields a page in its order, by time or by difficulty. No foreign key leads to the task: it may
        // be deleted
        // while the item keeps its audio.
        builder.HasIndex(i => i.ConversionId).HasDatabaseName("IX_Items_ConversionId");
        builder.HasIndex(i => new { i.Locale, i.Id }).HasDatabaseName("IX_Items_Locale");
        builder.HasIndex(i => new { i.Locale, i.Difficulty, i.Id }).HasDatabaseName("IX_Items_Locale_Difficulty");
        builder.HasIndex(i => new { i.Difficulty, i.Id }).HasDatabaseName("IX_Items_Difficulty");
        builder.HasIndex(i => new { i.TtsStatus, i.Id }).HasDatabaseName("IX_Items_TtsStatus");
        builder.HasIndex(i => new { i.TtsStatus, i.Difficulty, i.Id }).HasDatabaseName("IX_Items_TtsStatus_Difficulty");
        builder.HasIndex(i => new { i.Practiced, i.Id }).HasDatabaseName("IX_Items_Practiced");
        builder.HasIndex(i => new { i.Practiced, i.Difficulty, i.Id }).HasDatabaseName("IX_Items_Practiced_Difficulty");
        builder.HasIndex(i => i.FirstPracticedAt).HasFilter("FirstPracticedAt IS NOT NULL").HasDatabaseName("IX_Items_FirstPracticedAt");
        builder.HasIndex(i => i.LastPracticedAt).HasFilter("LastPracticedAt IS NOT NULL").HasDatabaseName("IX_Items_LastPracticedAt");
    }

    public void Configure(EntityTypeBuilder<ItemTag> builder)
    {
        builder.ToTable("ItemTags");
        builder.HasKey(t => new { t.ItemId, t.Key });
        builder.Property(t => t.Key).HasMaxLength(4 * ItemTag.MaxLength);
        builder.Property(t => t.Name).HasMaxLength(2 * ItemTag.MaxLength);
        builder.HasIndex(t => new { t.Key, t.ItemId }).HasDatabaseName("IX_ItemTags_Key");
    }
}
