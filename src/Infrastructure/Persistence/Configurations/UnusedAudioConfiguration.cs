using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dictation.Infrastructure.Persistence.Configurations;

internal sealed class UnusedAudioConfiguration : IEntityTypeConfiguration<UnusedAudio>
{
    public void Configure(EntityTypeBuilder<UnusedAudio> builder)
    {
        builder.ToTable("UnusedAudio");
        builder.HasKey(u => u.ConversionId);
        builder.Property(u => u.ConversionId).HasMaxLength(32).IsFixedLength().IsUnicode(false);
        builder.HasIndex(u => u.Since);
    }
}
