using System.Runtime.CompilerServices;
using Dictation.Application.Abstractions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Dictation.Infrastructure.Persistence;

/// <inheritdoc cref="ILexiconRepository"/>
public sealed class LexiconRepository(DictationDbContext db, DatabaseWriter writer) : ILexiconRepository
{
    // Every submission asks. A compiled query belongs to one model; each provider has its own.
    private static readonly ConditionalWeakTable<IModel, Func<DictationDbContext, string, CancellationToken, Task<Guid?>>> Versions = [];

    public Task<Guid?> FindVersionAsync(string language, CancellationToken cancellationToken) => Versions.GetValue(
        db.Model,
        _ => EF.CompileAsyncQuery((DictationDbContext context, string code, CancellationToken _) =>
            context.Lexicons.Where(l => l.Language == code).Select(l => (Guid?)l.Version).FirstOrDefault()))(db, language, cancellationToken);

    public async Task<StoredLexicon?> FindAsync(string language, CancellationToken cancellationToken) =>
        (await db.Lexicons.AsNoTracking().FirstOrDefaultAsync(l => l.Language == language, cancellationToken))?.Lexicon();

    public async Task<bool> ReplaceAsync(StoredLexicon lexicon, int maxLexicons, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await writer.RunAsync(db, () => ReplaceOnceAsync(LexiconRow.From(lexicon), maxLexicons, cancellationToken), cancellationToken);
            }
            catch (DbUpdateException exception) when (writer.IsUniqueViolation(exception))
            {
                // Another writer stored the language's first lexicon in between; this one replaces it.
            }
        }
    }

    public async Task<bool> DeleteAsync(string language, CancellationToken cancellationToken)
    {
        using var turn = await writer.EnterAsync(cancellationToken);
        return await db.Lexicons.Where(l => l.Language == language).ExecuteDeleteAsync(cancellationToken) > 0;
    }

    private async Task<bool> ReplaceOnceAsync(LexiconRow row, int maxLexicons, CancellationToken cancellationToken)
    {
        var replaced = await db.Lexicons.Where(l => l.Language == row.Language).ExecuteUpdateAsync(
            s => s.SetProperty(l => l.Version, row.Version).SetProperty(l => l.Entries, row.Entries).SetProperty(l => l.UpdatedAt, row.UpdatedAt), cancellationToken);
        if (replaced > 0)
        {
            return true;
        }

        if (await db.Lexicons.CountAsync(cancellationToken) >= maxLexicons)
        {
            return false;
        }

        db.Lexicons.Add(row);
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }
}
