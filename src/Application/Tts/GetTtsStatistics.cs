using Dictation.Application.Abstractions;
using Dictation.Domain.Tts;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>Figures over all stored tasks.</summary>
public sealed record GetTtsStatistics : IRequest<TtsStatistics>;

/// <summary>Figures over all speech tasks.</summary>
/// <param name="StatusCounts">Every status, also those with none.</param>
/// <param name="AverageFileSize">Bytes; null while nothing is done.</param>
/// <param name="AverageDuration">Seconds of audio; null while nothing is done.</param>
/// <param name="AverageSynthesisSeconds">Null while nothing is done.</param>
/// <param name="DuplicateTexts">Texts that more than one task holds.</param>
/// <param name="DuplicateDetails">The most repeated of them.</param>
public sealed record TtsStatistics(
    int TotalTasks,
    IReadOnlyDictionary<TtsTaskStatus, int> StatusCounts,
    double? AverageFileSize,
    double? AverageDuration,
    double? AverageSynthesisSeconds,
    int DuplicateTexts,
    IReadOnlyList<DuplicateText> DuplicateDetails);

/// <summary>A text that several tasks hold.</summary>
/// <param name="Count">How many tasks hold the text, at least 2.</param>
public sealed record DuplicateText(string TextHash, int Count, string Text);

public sealed class GetTtsStatisticsHandler(ITtsTaskRepository tasks) : IRequestHandler<GetTtsStatistics, TtsStatistics>
{
    private const int MaxDuplicates = 100;

    public Task<TtsStatistics> Handle(GetTtsStatistics request, CancellationToken cancellationToken) =>
        tasks.GetStatisticsAsync(MaxDuplicates, cancellationToken);
}
