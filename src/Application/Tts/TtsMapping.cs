using AutoMapper;
using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using Dictation.Speech;

namespace Dictation.Application.Tts;

/// <summary>Entities to responses: flat and one way. What is not a field of the task is added by <see cref="TtsTaskPresenter"/>.</summary>
public sealed class TtsMapping : Profile
{
    public TtsMapping()
    {
        CreateMap<TtsTask, TtsTaskResponse>(MemberList.Destination)
            .ForMember(r => r.AudioUrl, o => o.Ignore())
            .ForMember(r => r.Metadata, o => o.Ignore())
            .ForMember(r => r.QueuePosition, o => o.Ignore());
    }
}

/// <summary>Makes responses of tasks.</summary>
public sealed class TtsTaskPresenter(IMapper mapper, IAudioLinks links)
{
    public TtsTaskResponse Present(TtsTask task, int? queuePosition = null) => mapper.Map<TtsTaskResponse>(task) with
    {
        AudioUrl = task.Status == TtsTaskStatus.Done ? links.TaskAudio(task.ConversionId) : null,
        Metadata = task is { Segments: { } segments, SynthesisSeconds: { } seconds, Duration: > 0 and { } duration }
            ? Metadata(task, segments, seconds, duration)
            : null,
        QueuePosition = queuePosition,
    };

    private static TtsTaskMetadata Metadata(TtsTask task, int segments, double seconds, double duration) => new(
        segments,
        seconds,
        seconds / duration,
        task.Engine ?? VoiceEngine.Neural,
        task.Notes is { } notes ? [.. notes.Unspoken.Select(u => UnspokenPart.From(task.Text, u))] : [],
        task.Notes?.UnspokenCount ?? 0,
        task.Notes?.Unhonoured ?? [],
        task.VoiceRegion,
        UnwrittenVowels.In(task.Text, task.Language));
}
