using Dictation.Application.Abstractions;
using Dictation.Domain.Items;
using Dictation.Domain.Tags;
using FluentValidation;
using MediatR;

namespace Dictation.Application.Tags;

/// <summary>Add a preset tag.</summary>
/// <param name="Name">1..50 characters; no other tag has it in any case.</param>
public sealed record AddTag(string? Name) : IRequest<TagResponse>;

public sealed class AddTagValidator : AbstractValidator<AddTag>
{
    public AddTagValidator() => RuleFor(c => c.Name).NotBlank().RuneLength(1, ItemTag.MaxLength);
}

public sealed class AddTagHandler(ITagRepository tags, TimeProvider clock) : IRequestHandler<AddTag, TagResponse>
{
    public async Task<TagResponse> Handle(AddTag request, CancellationToken cancellationToken)
    {
        var tag = new Tag(request.Name!, clock.GetUtcNow().UtcDateTime);
        return await tags.AddAsync(tag, cancellationToken)
            ? TagResponse.From(tag)
            : throw new ConflictException("tag_exists", "There is a tag of that name already.", "Names are compared without case; GET /api/v1/tags lists them.");
    }
}
