using System.ComponentModel;
using Dictation.Application.Abstractions;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>Remove failed tasks, audio that no task owns, and what an ended process left half written.</summary>
/// <param name="FailedOlderThanDays">Failed tasks older than this many days.</param>
/// <param name="OrphanedOlderThanHours">Audio files that no task owns and that are older than this many hours.</param>
/// <param name="DryRun">Count, and remove nothing.</param>
public sealed record CleanUp(
    [property: DefaultValue(CleanUp.DefaultFailedDays)] int? FailedOlderThanDays = null,
    [property: DefaultValue(CleanUp.DefaultOrphanedHours)] int? OrphanedOlderThanHours = null,
    [property: DefaultValue(false)] bool? DryRun = null) : IRequest<CleanUpResponse>
{
    public const int DefaultFailedDays = 7;
    public const int DefaultOrphanedHours = 24;
}

/// <summary>What was removed, or would be.</summary>
/// <param name="FailedDeleted">Failed tasks.</param>
/// <param name="OrphanedDeleted">Audio files without a task, and abandoned temporary files.</param>
/// <param name="FilesDeleted">Files in all.</param>
/// <param name="BytesFreed">Bytes.</param>
public sealed record CleanUpResponse(int FailedDeleted, int OrphanedDeleted, int FilesDeleted, long BytesFreed);

public sealed class CleanUpValidator : AbstractValidator<CleanUp>
{
    public CleanUpValidator()
    {
        RuleFor(c => c.FailedOlderThanDays).Range(0, 3650);
        RuleFor(c => c.OrphanedOlderThanHours).Range(0, 87_600);
    }
}

public sealed class CleanUpHandler(ITtsTaskStore tasks, ITtsTaskQueries queries, IOrphanedAudioRepository orphans, IAudioStore audio, OrphanedAudioRemover remover, TimeProvider clock)
    : IRequestHandler<CleanUp, CleanUpResponse>
{
    private const int Batch = 500;

    public async Task<CleanUpResponse> Handle(CleanUp request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var dryRun = request.DryRun ?? false;
        var failed = await DeleteFailedAsync(now.AddDays(-(request.FailedOlderThanDays ?? CleanUp.DefaultFailedDays)), now, dryRun, cancellationToken);
        var (files, bytes) = await DeleteOrphansAsync(now.AddHours(-(request.OrphanedOlderThanHours ?? CleanUp.DefaultOrphanedHours)), dryRun, cancellationToken);
        var abandoned = await audio.DeleteAbandonedAsync(dryRun, cancellationToken);
        return new CleanUpResponse(failed, files + abandoned.Files, files + abandoned.Files, bytes + abandoned.Bytes);
    }

    private async Task<int> DeleteFailedAsync(DateTime before, DateTime now, bool dryRun, CancellationToken cancellationToken)
    {
        if (dryRun)
        {
            return await queries.CountFailedAsync(before, cancellationToken);
        }

        // In batches, so that no transaction keeps submissions waiting.
        var total = 0;
        int deleted;
        do
        {
            (deleted, var left) = await tasks.DeleteFailedAsync(before, Batch, now, cancellationToken);
            await remover.RemoveAsync(left);
            total += deleted;
        }
        while (deleted == Batch);
        return total;
    }

    private async Task<RemovedFiles> DeleteOrphansAsync(DateTime before, bool dryRun, CancellationToken cancellationToken)
    {
        var files = 0;
        var bytes = 0L;
        var candidates = new Dictionary<string, StoredFileInfo>(StringComparer.Ordinal);
        await foreach (var file in audio.ListAsync(cancellationToken))
        {
            if (file.ModifiedAt >= before)
            {
                continue;
            }

            candidates[Path.GetFileNameWithoutExtension(file.Key)] = file;
            if (candidates.Count == Batch)
            {
                await SweepAsync();
            }
        }

        await SweepAsync();
        return new RemovedFiles(files, bytes);

        async Task SweepAsync()
        {
            foreach (var id in await orphans.FindUnownedAsync(candidates.Keys, cancellationToken))
            {
                bytes += dryRun ? candidates[id].Size : await audio.DeleteAsync(candidates[id].Key, cancellationToken);
                files++;
            }

            candidates.Clear();
        }
    }
}
