namespace Dictation.Speech.Normalization;

/// <summary>How one language says one class of written things: dates, measures, abbreviations. Stateless and thread-safe.</summary>
/// <param name="subject">The class in the field's term, with a capital: <c>Time of day</c>.</param>
/// <param name="examples">What is read how. They are the reading's tests, and its rows in docs/reading.md.</param>
internal abstract class Reading(string subject, params ReadingExample[] examples)
{
    /// <summary>The class in the field's term.</summary>
    public string Subject { get; } = subject;

    /// <summary>What is read how.</summary>
    public IReadOnlyList<ReadingExample> Examples { get; } = examples;

    /// <summary>Reads what stands at the cursor, says it and moves the cursor behind it; otherwise leaves the cursor as it was.</summary>
    public abstract bool TryRead(ReadingCursor c);
}

/// <param name="Written">A text.</param>
/// <param name="Spoken">The whole text as it is said.</param>
internal readonly record struct ReadingExample(string Written, string Spoken)
{
    public static implicit operator ReadingExample((string Written, string Spoken) example) => new(example.Written, example.Spoken);
}
