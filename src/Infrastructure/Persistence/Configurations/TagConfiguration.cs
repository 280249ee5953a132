using Dictation.Domain.Items;
using Dictation.Domain.Tags;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Dictation.Infrastructure.Persistence.Configurations;

internal sealed class TagConfiguration : IEntityTypeConfiguration<Tag>
{
    public void Configure(EntityTypeBuilder<Tag> builder)
    {
        builder.ToTable("Tags");
        builder.HasKey(t => t.Id);
        builder.Property(t => t.Name).HasMaxLength(2 * ItemTag.MaxLength);
        builder.Property(t => t.Key).HasMaxLength(4 * ItemTag.MaxLength);
        builder.HasIndex(t => t.Key).IsUnique().HasDatabaseName("IX_Tags_Key");
    }
}
