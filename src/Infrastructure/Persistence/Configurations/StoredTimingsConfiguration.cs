using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dictation.Infrastructure.Persistence.Configurations;

internal sealed class StoredTimingsConfiguration : IEntityTypeConfiguration<StoredTimings>
{
    public void Configure(EntityTypeBuilder<StoredTimings> builder)
    {
        builder.ToTable("Timings");
        builder.HasKey(t => t.ConversionId);
        builder.Property(t => t.ConversionId).HasMaxLength(32).IsFixedLength().IsUnicode(false);
        builder.Property(t => t.Spans).IsUnicode(false);
    }
}
