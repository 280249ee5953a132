using Dictation.Application;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tags;
using Microsoft.EntityFrameworkCore;

namespace Dictation.Infrastructure.Persistence;

/// <inheritdoc cref="ITagRepository"/>
public sealed class TagRepository(DictationDbContext db, DatabaseWriter writer) : ITagRepository
{
    public async Task<bool> AddAsync(Tag tag, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.RunAsync(
                db,
                async () =>
                {
                    // A try that was rolled back left an id.
                    db.Entry(tag).Property(t => t.Id).CurrentValue = 0;
                    db.Tags.Add(tag);
                    await db.SaveChangesAsync(cancellationToken);
                    return true;
                },
                cancellationToken);
        }
        catch (DbUpdateException exception) when (writer.IsUniqueViolation(exception))
        {
            return false;
        }
    }

    public async Task<Page<Tag>> ListAsync(int skip, int take, CancellationToken cancellationToken) => new(
        await db.Tags.AsNoTracking().OrderBy(t => t.Key).Skip(skip).Take(take).ToListAsync(cancellationToken),
        await db.Tags.CountAsync(cancellationToken));

    public async Task<bool> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        using var turn = await writer.EnterAsync(cancellationToken);
        return await db.Tags.Where(t => t.Id == id).ExecuteDeleteAsync(cancellationToken) > 0;
    }
}
