using Dictation.Application.Abstractions;
using MediatR;
using Microsoft.Extensions.Logging;

namespace Dictation.Application.Tts;

/// <summary>Remove a task and its audio, whatever state it is in; work on it stops.</summary>
public sealed record DeleteTask(string ConversionId) : IRequest;

public sealed partial class DeleteTaskHandler(ITtsTaskRepository tasks, ITtsEngine engine, IAudioStore audio, ILogger<DeleteTaskHandler> logger)
    : IRequestHandler<DeleteTask>
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
        try
        {
            await audio.DeleteAsync(task.AudioKey, CancellationToken.None);
        }
        catch (IOException exception)
        {
            // The task is gone, which is what was asked for; the file is nobody's now, and cleanup removes such files.
            LogFileLeft(exception, request.ConversionId);
        }

        return Unit.Value;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The audio of the deleted task {ConversionId} could not be removed; cleanup will")]
    private partial void LogFileLeft(Exception exception, string conversionId);
}
