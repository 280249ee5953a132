namespace Dictation.Domain.Tts;

/// <summary>What of a text a voice could not say.</summary>
/// <param name="Count">How many characters, or phonemes of them, were left out; at least 1.</param>
/// <param name="Symbols">Which, each once, in the order of the text; the first 32.</param>
public sealed record UnspokenText(int Count, IReadOnlyList<string> Symbols)
{
    private const int MaxSymbols = 32;

    /// <summary>Null where nothing was left out.</summary>
    /// <param name="symbols">Each as often as it came.</param>
    public static UnspokenText? From(IReadOnlyList<string> symbols) =>
        symbols.Count == 0 ? null : new UnspokenText(symbols.Count, [.. symbols.Distinct(StringComparer.Ordinal).Take(MaxSymbols)]);
}
