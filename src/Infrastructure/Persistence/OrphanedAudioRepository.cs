using Dictation.Application.Abstractions;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.Persistence;

/// <inheritdoc cref="IOrphanedAudioRepository"/>
public sealed class OrphanedAudioRepository(DictationDbContext db, DatabaseWriter writer) : IOrphanedAudioRepository
{
    public async Task<IReadOnlySet<string>> FindUnownedAsync(IReadOnlyCollection<string> conversionIds, CancellationToken cancellationToken) =>
        (await TaskItemLinks.FindUnownedAsync(db, conversionIds, cancellationToken)).ToHashSet(StringComparer.Ordinal);

    public async Task<IReadOnlyList<string>> ListAsync(string after, int max, CancellationToken cancellationToken) => await db.OrphanedAudio
        .Where(u => string.Compare(u.ConversionId, after) > 0)
        .OrderBy(u => u.ConversionId)
        .Take(max)
        .Select(u => u.ConversionId)
        .ToListAsync(cancellationToken);

    public Task<int> ForgetAsync(DateTime before, CancellationToken cancellationToken) =>
        writer.RunAsync(db, () => db.OrphanedAudio.Where(u => u.Since < before).ExecuteDeleteAsync(cancellationToken), cancellationToken);
}
