using Dictation.Domain.Items;

namespace Dictation.Application.Abstractions;

/// <summary>In which order items are listed. Items created at the same time, or equally difficult, keep one order.</summary>
public enum ItemSort
{
    CreatedDescending,
    CreatedAscending,
    DifficultyAscending,
    DifficultyDescending,
}

/// <summary>Both inclusive.</summary>
public sealed record DifficultyRange(int Min, int Max);

/// <summary>Which items are meant. What is null or empty does not matter.</summary>
/// <param name="Locale">In canonical case.</param>
/// <param name="Tags">Folded, distinct; an item carries all of them.</param>
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
