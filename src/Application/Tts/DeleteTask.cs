using Dictation.Application.Abstractions;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>Remove a task and its audio, whatever state it is in; work on it stops.</summary>
public sealed record DeleteTask(string ConversionId) : IRequest;

public sealed class DeleteTaskHandler(ITtsTaskRepository tasks, ITtsEngine engine, IAudioStore audio) : IRequestHandler<DeleteTask>
{
    public async Task<Unit> Handle(DeleteTask request, CancellationToken cancellationToken)
    {
        var task = await tasks.FindAsync(request.ConversionId, cancellationToken) ?? throw NotFoundException.Task(request.ConversionId);

        // The row goes first: from then on nobody is sent to the audio, and whoever speaks it finds its claim gone.
        if (!await tasks.DeleteAsync(request.ConversionId, cancellationToken))
        {
            throw NotFoundException.Task(request.ConversionId);
        }

        engine.Cancel(request.ConversionId);
        await audio.DeleteAsync(task.AudioKey, CancellationToken.None);
        return Unit.Value;
    }
}
