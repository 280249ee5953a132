using Dictation.Domain.Attempts;

namespace Dictation.Application.Abstractions;

/// <summary>The stored attempts.</summary>
public interface IAttemptRepository
{
    /// <summary>
    /// Places the attempt after earlier ones on the same item, and stores it in one transaction with the item's figures and the totals of the
    /// quarter hour. Attempts on one item are stored one after another.
    /// </summary>
    /// <returns>False, with nothing stored, when the item does not exist.</returns>
    Task<bool> AddAsync(Attempt attempt, DateTime now, CancellationToken cancellationToken);

    Task<Attempt?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<Page<Attempt>> ListAsync(AttemptFilter filter, int skip, int take, CancellationToken cancellationToken);
}
