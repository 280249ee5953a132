using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>Tasks, newest first.</summary>
/// <param name="Status">Tasks that stand there only.</param>
/// <param name="Limit">Tasks on a page.</param>
/// <param name="Cursor">Where the page begins: the link to the next page has it.</param>
public sealed record ListTasks(TtsTaskStatus? Status, int Limit = 50, string? Cursor = null) : IRequest<TtsTaskPage>;

/// <param name="Total">All tasks of the status, on every page.</param>
/// <param name="NextCursor">Null on the last page.</param>
public sealed record TtsTaskPage(IReadOnlyList<TtsTaskResponse> Tasks, int Total, string? NextCursor);

public sealed class ListTasksValidator : AbstractValidator<ListTasks>
{
    public ListTasksValidator()
    {
        RuleFor(q => q.Limit).Range(1, 1000);
        RuleFor(q => q.Cursor)
            .Within(new Bounds { Pattern = $"[0-9a-f]{{{ConversionIds.Length}}}" }, "cursor", "'cursor' is not one that this service gave out. Follow the 'Link' header of the page before, or leave it out.");
    }
}

public sealed class ListTasksHandler(ITtsTaskQueries tasks, TtsTaskPresenter presenter) : IRequestHandler<ListTasks, TtsTaskPage>
{
    public async Task<TtsTaskPage> Handle(ListTasks request, CancellationToken cancellationToken)
    {
        // One more than asked for tells whether there is a next page.
        var found = await tasks.ListAsync(request.Status, request.Cursor, request.Limit + 1, cancellationToken);
        var page = found.Take(request.Limit).ToList();
        var positions = page.Any(t => t.Status == TtsTaskStatus.Queued) ? await tasks.QueuePositionsAsync(cancellationToken) : null;
        return new TtsTaskPage(
            page.ConvertAll(t => presenter.Present(t, positions is not null && positions.TryGetValue(t.ConversionId, out var position) ? position : null)),
            await tasks.CountAsync(request.Status, cancellationToken),
            found.Count > request.Limit ? page[^1].ConversionId : null);
    }
}
