using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dictation.Infrastructure.Persistence.Configurations;

internal sealed class OrphanedAudioConfiguration : IEntityTypeConfiguration<OrphanedAudio>
{
    public void Configure(EntityTypeBuilder<OrphanedAudio> builder)
    {
        builder.ToTable("OrphanedAudio");
        builder.HasKey(u => u.ConversionId);
        builder.Property(u => u.ConversionId).HasMaxLength(32).IsFixedLength().IsUnicode(false);
        builder.HasIndex(u => u.Since);
    }
}
