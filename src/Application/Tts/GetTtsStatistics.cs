using Dictation.Application.Abstractions;
using MediatR;

namespace Dictation.Application.Tts;

/// <summary>Figures over all stored tasks.</summary>
public sealed record GetTtsStatistics : IRequest<TtsStatistics>;

public sealed class GetTtsStatisticsHandler(ITtsTaskQueries tasks) : IRequestHandler<GetTtsStatistics, TtsStatistics>
{
    private const int MaxDuplicates = 100;

    public Task<TtsStatistics> Handle(GetTtsStatistics request, CancellationToken cancellationToken) =>
        tasks.GetStatisticsAsync(MaxDuplicates, cancellationToken);
}
