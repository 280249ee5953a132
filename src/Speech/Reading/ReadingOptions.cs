using System.Text.Json;
using Dictation.Speech.Emoji;
using Dictation.Speech.Lexicons;
using Dictation.Speech.Markup;

namespace Dictation.Speech.Reading;

/// <summary>How a text is read, besides the rules of its language.</summary>
/// <param name="Format">How the text is written.</param>
/// <param name="Lexicon">Words and what is said in their place; of entries with the same text the first counts.</param>
/// <param name="Emoji">Whether emoji are named, where the language has names.</param>
public sealed record ReadingOptions(InputFormat Format, IReadOnlyList<LexiconEntry> Lexicon, bool Emoji)
{
    /// <summary>As a text is read that asks for nothing.</summary>
    public static ReadingOptions Default { get; } = new(InputFormat.Auto, [], Emoji: false);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static ReadingOptions FromJson(string? json) => json is null ? Default : JsonSerializer.Deserialize<ReadingOptions>(json, JsonSerializerOptions.Default)!;

    /// <summary>Null for the default. Equal options give equal JSON.</summary>
    public string? ToJson() => this is { Format: InputFormat.Auto, Lexicon: [], Emoji: false } ? null : JsonSerializer.Serialize(this, JsonSerializerOptions.Default);

    /// <summary>The same reading of one text, with those entries that the text has words of, and without names where it has no emoji.</summary>
    /// <param name="script">The text, read in <see cref="Format"/>.</param>
    /// <param name="language">BCP 47 primary language.</param>
    /// <param name="lexicon">All entries, in the place of <see cref="Lexicon"/>.</param>
    public ReadingOptions For(SpeechScript script, string language, Lexicon lexicon) => this with
    {
        Lexicon = lexicon.UsedIn(script),
        Emoji = Emoji && EmojiNames.For(language)?.IsUsedIn(script) == true,
    };
}
