using Dictation.Domain.Tags;

namespace Dictation.Application.Abstractions;

/// <summary>The preset tags.</summary>
public interface ITagRepository
{
    /// <returns>False when a tag of that name exists, in any case.</returns>
    Task<bool> AddAsync(Tag tag, CancellationToken cancellationToken);

    /// <summary>By name, ignoring case.</summary>
    Task<Page<Tag>> ListAsync(int skip, int take, CancellationToken cancellationToken);

    /// <returns>Whether there was such a tag.</returns>
    Task<bool> DeleteAsync(long id, CancellationToken cancellationToken);
}
