using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>Give a claimed task to the engine. What becomes of it comes back as events, which the monitor stores.</summary>
public sealed record RunTask(TtsTask Task) : IRequest;

public sealed class RunTaskHandler(ITtsEngine engine) : RequestHandler<RunTask>
{
    protected override void Handle(RunTask request)
    {
        var task = request.Task;
        engine.Submit(new TtsJob(task.ConversionId, task.ClaimId!.Value, task.AudioKey, task.Text, task.Language, task.Voice, task.SpeakingRate, task.SubmittedAt, task.TraceParent));
    }
}
