using Dictation.Domain.Attempts;

namespace Dictation.Application.Abstractions;

/// <summary>The stored attempts.</summary>
public interface IAttemptRepository
{
    /// <summary>
    /// Gives the attempt its place after those on the same item, one at a time, and stores it with all that counts it: the item's figures and
    /// the quarter's sums.
    /// </summary>
    /// <returns>False, with nothing stored, when the item does not exist.</returns>
    Task<bool> AddAsync(Attempt attempt, DateTime now, CancellationToken cancellationToken);

    Task<Attempt?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<Page<Attempt>> ListAsync(AttemptFilter filter, int skip, int take, CancellationToken cancellationToken);
}
