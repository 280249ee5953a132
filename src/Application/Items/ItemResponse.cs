using AutoMapper;
using Dictation.Application.Abstractions;
using Dictation.Domain.Items;

namespace Dictation.Application.Items;

/// <summary>An item as clients see it.</summary>
public sealed record ItemResponse
{
    /// <summary>The item's id.</summary>
    public long Id { get; init; }

    /// <summary>BCP 47.</summary>
    public string Locale { get; init; } = "";

    /// <summary>What is spoken, and what attempts are compared with.</summary>
    public string Text { get; init; } = "";

    /// <summary>1 (easy) to 5.</summary>
    public int Difficulty { get; init; }

    /// <summary>The tags, in the order in which they were given.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How far the speech is.</summary>
    public ItemSpeechStatus TtsStatus { get; init; }

    /// <summary>Where the audio is played; null until it is ready.</summary>
    public string? AudioUrl { get; init; }

    /// <summary>The conversion that speaks the item; null when it was deleted before it did.</summary>
    public string? ConversionId { get; init; }

    /// <summary>Whether there is an attempt.</summary>
    public bool Practiced { get; init; }

    /// <summary>How many attempts there are.</summary>
    public int AttemptCount { get; init; }

    /// <summary>0..100, of all learners; null without an attempt.</summary>
    public int? BestScore { get; init; }

    /// <summary>When it was stored, UTC.</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When it last changed, UTC.</summary>
    public DateTime UpdatedAt { get; init; }
}

/// <summary>Entities to responses: flat and one way. What is not a field of the item is added by <see cref="ItemPresenter"/>.</summary>
public sealed class ItemMapping : Profile
{
    public ItemMapping() => CreateMap<Item, ItemResponse>(MemberList.Destination)
        .ForMember(r => r.Tags, o => o.MapFrom(i => i.Tags.OrderBy(t => t.Position).Select(t => t.Name)))
        .ForMember(r => r.AudioUrl, o => o.Ignore());
}

/// <summary>Makes responses of items.</summary>
public sealed class ItemPresenter(IMapper mapper, IAudioLinks links)
{
    public ItemResponse Present(Item item) => mapper.Map<ItemResponse>(item) with
    {
        AudioUrl = item.TtsStatus == ItemSpeechStatus.Ready ? links.ItemAudio(item.Id) : null,
    };
}
