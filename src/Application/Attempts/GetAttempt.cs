using Dictation.Application.Abstractions;
using MediatR;

namespace Dictation.Application.Attempts;

/// <summary>One attempt.</summary>
public sealed record GetAttempt(long Id) : IRequest<AttemptResponse>;

public sealed class GetAttemptHandler(IAttemptRepository attempts, AttemptPresenter presenter) : IRequestHandler<GetAttempt, AttemptResponse>
{
    public async Task<AttemptResponse> Handle(GetAttempt request, CancellationToken cancellationToken) =>
        presenter.Present(await attempts.FindAsync(request.Id, cancellationToken) ?? throw NotFoundException.Attempt(request.Id));
}
