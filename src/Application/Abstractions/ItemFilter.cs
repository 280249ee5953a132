using Dictation.Domain.Items;

namespace Dictation.Application.Abstractions;

/// <summary>The order of a list of items. Items that are equal in it are ordered by id.</summary>
public enum ItemSort
{
    CreatedDescending,
    CreatedAscending,
    DifficultyAscending,
    DifficultyDescending,
}

/// <summary>Both inclusive.</summary>
public sealed record DifficultyRange(int Min, int Max);

/// <summary>Selects items. Null or empty does not restrict.</summary>
/// <param name="Locale">In canonical case.</param>
/// <param name="Tags">Folded, distinct; an item must have all of them.</param>
/// <param name="Text">Folded; a part of the text.</param>
/// <param name="MaxId">Only items created no later than this one.</param>
public sealed record ItemFilter(
    string? Locale = null,
    IReadOnlyList<string>? Tags = null,
    DifficultyRange? Difficulty = null,
    string? Text = null,
    bool? Practiced = null,
    ItemSpeechStatus? TtsStatus = null,
    long? MaxId = null);
