namespace Dictation.Speech.Normalization.Finnish;

/// <summary>One way to read what stands at the cursor: a date, a time, an abbreviation. Stateless and thread-safe.</summary>
internal interface IFinnishReading
{
    /// <summary>Reads what stands at the cursor, says it and moves the cursor behind it; otherwise leaves the cursor as it was.</summary>
    bool TryRead(FinnishCursor c);
}
