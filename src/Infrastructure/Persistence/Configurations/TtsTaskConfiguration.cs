using Dictation.Domain.Tts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dictation.Infrastructure.Persistence.Configurations;

internal sealed class TtsTaskConfiguration : IEntityTypeConfiguration<TtsTask>
{
    /// <summary>The unique index that allows one live task per content.</summary>
    public const string LiveKeyIndex = "IX_TtsTasks_ContentKey_Live";

    public void Configure(EntityTypeBuilder<TtsTask> builder)
    {
        builder.ToTable("TtsTasks");
        builder.HasKey(t => t.ConversionId);
        builder.Property(t => t.ConversionId).HasMaxLength(32).IsFixedLength().IsUnicode(false);
        builder.Property(t => t.ContentKey).HasMaxLength(64).IsFixedLength().IsUnicode(false);
        builder.Property(t => t.TextHash).HasMaxLength(32).IsFixedLength().IsUnicode(false);
        builder.Property(t => t.AudioHash).HasMaxLength(64).IsFixedLength().IsUnicode(false);
        builder.Property(t => t.Text).IsUnicode();
        builder.Property(t => t.Language).HasMaxLength(16).IsUnicode(false);
        builder.Property(t => t.Voice).HasMaxLength(255);
        builder.Property(t => t.VoiceRegion).HasMaxLength(3).IsUnicode(false);
        builder.Property(t => t.CustomFilename).HasMaxLength(510);
        builder.Property(t => t.OutputFilePath).HasMaxLength(255).IsUnicode(false);
        builder.Property(t => t.TraceParent).HasMaxLength(55).IsFixedLength().IsUnicode(false);
        builder.Property(t => t.Device).HasMaxLength(32).IsUnicode(false);
        builder.Property(t => t.Reading).IsUnicode();
        builder.Property(t => t.Notes).HasConversion<ReadingNotesConverter>();
        builder.Property(t => t.ErrorMessage).HasMaxLength(2000);
        builder.Property(t => t.ClaimId).IsConcurrencyToken();
        builder.Ignore(t => t.IsTerminal);
        builder.Ignore(t => t.AudioKey);
        builder.Ignore(t => t.NewTimings);

        // Column names without quotes: both databases read this filter text.
        builder.HasIndex(t => t.ContentKey).IsUnique().HasFilter("Status <> 'Failed'").HasDatabaseName(LiveKeyIndex);
        builder.HasIndex(t => new { t.Status, t.ConversionId }).HasDatabaseName("IX_TtsTasks_Status_ConversionId");
        builder.HasIndex(t => new { t.DueAt, t.ConversionId }).HasFilter("DueAt IS NOT NULL").HasDatabaseName("IX_TtsTasks_Due");
        builder.HasIndex(t => t.FailedAt).HasFilter("FailedAt IS NOT NULL").HasDatabaseName("IX_TtsTasks_FailedAt");
        builder.HasIndex(t => t.ItemId).HasFilter("ItemId IS NOT NULL").HasDatabaseName("IX_TtsTasks_ItemId");
        builder.HasIndex(t => t.TextHash).HasDatabaseName("IX_TtsTasks_TextHash");
    }
}
