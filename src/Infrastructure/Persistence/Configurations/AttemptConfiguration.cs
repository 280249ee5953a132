using System.Text.Json;
using System.Text.Json.Serialization;
using Dictation.Domain.Attempts;
using Dictation.Domain.Attempts.Scoring;
using Dictation.Domain.Items;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Dictation.Infrastructure.Persistence.Configurations;

internal sealed class AttemptConfiguration : IEntityTypeConfiguration<Attempt>, IEntityTypeConfiguration<PracticeTotals15Min>
{
    public void Configure(EntityTypeBuilder<Attempt> builder)
    {
        builder.ToTable("Attempts");
        builder.HasKey(a => a.Id);
        builder.Property(a => a.UserId).HasMaxLength(2 * Attempt.MaxUserIdLength);
        builder.Property(a => a.AudioUrl).HasMaxLength(2 * Attempt.MaxAudioUrlLength);
        builder.Property(a => a.Profile).HasConversion<string>().HasMaxLength(16).IsUnicode(false);
        builder.Property(a => a.ScorerVersion).HasMaxLength(16).IsUnicode(false);
        builder.PrimitiveCollection(a => a.MissedWords);

        // An alignment never changes, so comparing references is enough.
        builder.Property(a => a.Alignment).HasConversion(
            new AlignmentConverter(),
            new ValueComparer<IReadOnlyList<AlignedWord>>((a, b) => ReferenceEquals(a, b), a => a.Count, a => a));
        builder.HasOne<Item>().WithMany().HasForeignKey(a => a.ItemId).OnDelete(DeleteBehavior.Cascade);

        // The first columns find and order the rows; the others are those that figures sum, so that the rows with their texts are not read.
        builder.HasIndex(a => new { a.ItemId, a.UserId, a.CreatedAt, a.Id, a.Score, a.Wer, a.DurationMs, a.Quarter }).HasDatabaseName("IX_Attempts_Item_User");
        builder.HasIndex(a => new { a.ItemId, a.CreatedAt, a.Id, a.Score, a.Wer, a.DurationMs, a.Quarter }).HasDatabaseName("IX_Attempts_Item");
        builder.HasIndex(a => new { a.UserId, a.CreatedAt, a.Id, a.ItemId, a.Score, a.Wer, a.DurationMs, a.Quarter }).HasDatabaseName("IX_Attempts_User");
        builder.HasIndex(a => new { a.CreatedAt, a.Id, a.ItemId, a.PreviousAt }).HasDatabaseName("IX_Attempts_CreatedAt");
        builder.HasIndex(a => new { a.Quarter, a.Score, a.Wer, a.DurationMs }).HasDatabaseName("IX_Attempts_Quarter");
    }

    public void Configure(EntityTypeBuilder<PracticeTotals15Min> builder)
    {
        builder.ToTable("PracticeTotals15Min");
        builder.HasKey(q => q.Quarter);
        builder.Property(q => q.Quarter).ValueGeneratedNever();
    }
}

/// <summary>An alignment as JSON. Internal, because the code of the compiled model calls it.</summary>
internal sealed class AlignmentConverter() : ValueConverter<IReadOnlyList<AlignedWord>, string>(a => AlignmentConverter.Write(a), json => AlignmentConverter.Read(json))
{
    // Enum names, not numbers: stored rows outlive the order of an enum. Escapes only what JSON demands.
    private static readonly JsonSerializerOptions AlignmentJson = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IReadOnlyList<AlignedWord> alignment) => JsonSerializer.Serialize(alignment, AlignmentJson);

    public static IReadOnlyList<AlignedWord> Read(string json) => JsonSerializer.Deserialize<List<AlignedWord>>(json, AlignmentJson)!;
}
