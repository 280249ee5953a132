using Dictation.Application.Abstractions;
using Dictation.Domain;
using Dictation.Domain.Tts;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>When each sentence and word of a task's text is heard.</summary>
public sealed record GetTimings(string ConversionId) : IRequest<TimingsResponse>;

/// <summary>When each sentence and word is heard.</summary>
/// <param name="ConversionId">The task's id: opaque, in the order of time.</param>
/// <param name="Duration">Seconds.</param>
/// <param name="Estimated">Whether the words' times are estimated from their lengths, because the voice's model does not give them. Those of sentences are always exact.</param>
/// <param name="Sentences">In their order; the download takes the number of one as 'segment'.</param>
/// <param name="Words">The words that are heard, in the order of the text.</param>
public sealed record TimingsResponse(
    string ConversionId, double Duration, bool Estimated, IReadOnlyList<SentenceTiming> Sentences, IReadOnlyList<WordTiming> Words);

/// <summary>When a sentence is heard.</summary>
/// <param name="Segment">Its number, from 1.</param>
/// <param name="Text">As it stands in the text.</param>
/// <param name="TextSpan">Where in the text as submitted.</param>
/// <param name="Start">Seconds from the beginning of the audio.</param>
/// <param name="End">Seconds from the beginning of the audio.</param>
public sealed record SentenceTiming(int Segment, string Text, TextSpan TextSpan, double Start, double End);

/// <summary>When a word is heard.</summary>
/// <param name="Text">As it stands in the text.</param>
/// <param name="TextSpan">Where in the text as submitted.</param>
/// <param name="Start">Seconds from the beginning of the audio.</param>
/// <param name="End">Seconds from the beginning of the audio.</param>
public sealed record WordTiming(string Text, TextSpan TextSpan, double Start, double End);

public sealed class GetTimingsHandler(ITtsTaskStore tasks) : IRequestHandler<GetTimings, TimingsResponse>
{
    public async Task<TimingsResponse> Handle(GetTimings request, CancellationToken cancellationToken)
    {
        var task = await tasks.FindAsync(request.ConversionId, cancellationToken) ?? throw NotFoundException.Task(request.ConversionId);
        if (task is not { Status: TtsTaskStatus.Done, Duration: { } duration })
        {
            throw DownloadAudioHandler.NotThere(task);
        }

        var timings = await tasks.FindTimingsAsync(task.ConversionId, cancellationToken) ?? throw NotFoundException.Timings();
        var offsets = Offsets(task.Text);
        return new TimingsResponse(
            task.ConversionId,
            duration,
            timings.Estimated,
            timings.Sentences.Select((s, i) => new SentenceTiming(i + 1, Slice(s.Text), s.Text, s.Start, s.End)).ToList(),
            timings.Words.Select(w => new WordTiming(Slice(w.Text), w.Text, w.Start, w.End)).ToList());

        string Slice(TextSpan span) => task.Text[offsets[span.Start]..offsets[span.End]];
    }

    /// <summary>Of each code point, and of the end, the UTF-16 offset.</summary>
    private static List<int> Offsets(string text)
    {
        var offsets = new List<int>(text.Length + 1);
        for (var at = 0; at < text.Length;)
        {
            offsets.Add(at);
            at += char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        }

        offsets.Add(text.Length);
        return offsets;
    }
}
