using Dictation.Domain.Items;

namespace Dictation.Domain.Tags;

/// <summary>A name that is offered when items are tagged. Items may carry others too.</summary>
public sealed class Tag(string name, DateTime createdAt)
{
    public long Id { get; private init; }

    public string Name { get; private init; } = name.Trim();

    /// <summary>The name as <see cref="Item.Fold"/> writes it; unique.</summary>
    public string Key { get; private init; } = Item.Fold(name.Trim());

    public DateTime CreatedAt { get; private init; } = createdAt;
}
