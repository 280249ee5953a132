using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dictation.Infrastructure.Persistence.Configurations;

internal sealed class LexiconRowConfiguration : IEntityTypeConfiguration<LexiconRow>
{
    public void Configure(EntityTypeBuilder<LexiconRow> builder)
    {
        builder.ToTable("Lexicons");
        builder.HasKey(l => l.Language);
        builder.Property(l => l.Language).HasMaxLength(16).IsUnicode(false);
        builder.Property(l => l.Entries).IsUnicode();
    }
}
