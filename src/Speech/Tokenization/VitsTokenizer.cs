using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Dictation.Speech.Tokenization;

/// <summary>
/// Turns text into the ids of a character vocabulary exactly as Hugging Face's VitsTokenizer does, for voices without phonemes or romanisation.
/// What a voice should be given instead of characters that it does not have is the work of <see cref="VitsTextPreparation"/>. Thread-safe.
/// </summary>
public sealed class VitsTokenizer
{
    private const int TWithComma = 'ț', TWithCedilla = 'ţ';

    private readonly VitsTokenizerSettings _settings;
    private readonly FrozenDictionary<int, long> _ids;
    private readonly long _unknown;

    /// <summary>Vocabulary entries and special tokens that begin with a code point, in their order.</summary>
    private readonly Dictionary<int, List<string>> _entries = [];

    /// <summary>Where the text is cut, longest first.</summary>
    private readonly (string Token, long Id)[] _specials;

    private readonly bool _cedillas;

    /// <param name="vocabulary">Tokens and their ids, in the file's order.</param>
    /// <param name="settings">What the tokenizer's configuration says.</param>
    /// <exception cref="VoiceException">A character's id lies outside the embedding.</exception>
    public VitsTokenizer(IReadOnlyCollection<KeyValuePair<string, long>> vocabulary, VitsTokenizerSettings settings)
    {
        _settings = settings;
        var characters = vocabulary.Where(token => IsCharacter(token.Key)).ToList();
        if (settings.EmbeddingRows is { } rows && characters.FirstOrDefault(token => token.Value >= rows) is { Key: { } beyond })
        {
            throw new VoiceException($"vocab.json gives '{beyond}' an id for which the network has no row: it has {rows} rows.");
        }

        _ids = characters.DistinctBy(token => token.Key).ToFrozenDictionary(token => char.ConvertToUtf32(token.Key, 0), token => token.Value);
        _cedillas = settings.Language == "ron" && (settings.PythonForm || _ids.ContainsKey(TWithCedilla));
        var specials = Specials(vocabulary, settings);
        _unknown = specials[settings.UnknownToken];
        _specials = [.. specials
            .Where(token => token.Key.Length > 0 && (settings.PythonForm || !IsHeard(token.Key)))
            .OrderByDescending(token => token.Key.Length)
            .Select(token => (token.Key, token.Value))];
        foreach (var entry in vocabulary.Select(token => token.Key).Concat(specials.Keys).Where(entry => entry.Length > 0 && Rune.TryGetRuneAt(entry, 0, out _)))
        {
            var first = char.ConvertToUtf32(entry, 0);
            if (!_entries.TryGetValue(first, out var list))
            {
                _entries[first] = list = [];
            }

            list.Add(entry);
        }
    }

    /// <summary>Whether the vocabulary has the character.</summary>
    public bool Has(Rune character) => _ids.ContainsKey(character.Value);

    /// <summary>The ids of a text.</summary>
    /// <exception cref="VoiceException">It holds a token whose id lies outside the embedding.</exception>
    public TokenizedText Tokenize(string text)
    {
        var dropped = new List<DroppedSymbol>();
        var characters = Normalized(text, dropped);
        var ids = new List<long>(2 * characters.Count + 3);
        var sources = new List<int>(characters.Count);
        var places = new List<int>(characters.Count);
        var symbols = new List<string>(characters.Count);
        if (characters.Count > 0 && _settings.Begin is { } begin)
        {
            ids.Add(begin);
        }

        var speakable = AddCharacters(characters, ids, sources, places, symbols);
        if (characters.Count > 0 && _settings.End is { } end)
        {
            ids.Add(end);
        }

        if (_settings.EmbeddingRows is { } rows && ids.Any(id => id >= rows))
        {
            throw new VoiceException($"The text holds a character that the vocabulary does not have, and the network has no row for {_settings.UnknownToken}.");
        }

        return new TokenizedText([.. ids], [.. sources], [.. places], speakable, dropped) { Symbols = symbols };
    }

    /// <returns>Whether a letter or digit is among them.</returns>
    private bool AddCharacters(List<(Rune Character, int Source)> characters, List<long> ids, List<int> sources, List<int> places, List<string> symbols)
    {
        var speakable = false;
        for (var at = 0; at < characters.Count;)
        {
            if (SpecialAt(characters, at) is var (token, id))
            {
                sources.Add(characters[at].Source);
                places.Add(ids.Count);
                ids.Add(id);
                symbols.Add(token);
                at += token.EnumerateRunes().Count();
                continue;
            }

            AddBlank();
            for (; at < characters.Count && SpecialAt(characters, at) is null; at++)
            {
                var (character, source) = characters[at];
                var isKnown = _ids.TryGetValue(character.Value, out var known);
                speakable |= isKnown && Rune.IsLetterOrDigit(character);
                sources.Add(source);
                places.Add(ids.Count);
                ids.Add(isKnown ? known : _unknown);
                symbols.Add(character.ToString());
                AddBlank();
            }
        }

        return speakable;

        void AddBlank()
        {
            if (_settings.AddBlank)
            {
                ids.Add(_settings.Blank);
            }
        }
    }

    private static bool IsCharacter(string token) => token.Length > 0 && Rune.TryGetRuneAt(token, 0, out var rune) && rune.Utf16SequenceLength == token.Length;

    /// <summary>
    /// A letter that is a special token, and so the blank at once. Python's tokenizer cuts the text at it, so that no blank stands beside it; the voice was
    /// trained with a blank between all characters.
    /// </summary>
    private static bool IsHeard(string token) => IsCharacter(token) && Rune.GetRuneAt(token, 0) is var rune
        && (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    /// <summary>Special tokens and their ids. Those that are not in the vocabulary have ids behind it: first the unknown token, then the padding.</summary>
    private static Dictionary<string, long> Specials(IReadOnlyCollection<KeyValuePair<string, long>> vocabulary, VitsTokenizerSettings settings)
    {
        var known = vocabulary.DistinctBy(token => token.Key).ToDictionary(token => token.Key, token => token.Value, StringComparer.Ordinal);
        var specials = new Dictionary<string, long>(settings.AddedTokens, StringComparer.Ordinal);
        var next = (long)known.Count;
        foreach (var token in (string[])[settings.UnknownToken, settings.PaddingToken])
        {
            if (!specials.ContainsKey(token))
            {
                specials[token] = known.TryGetValue(token, out var id) ? id : next++;
            }
        }

        return specials;
    }

    /// <summary>The code points that are to become ids, each with the UTF-16 offset of what it comes from.</summary>
    private List<(Rune Character, int Source)> Normalized(string text, List<DroppedSymbol> dropped)
    {
        var characters = new List<(Rune, int)>(text.Length);
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            if (!_settings.Normalize)
            {
                characters.Add((Written(rune), at));
                at += length;
            }
            else if (EntryAt(text, at, rune) is { } entry)
            {
                var source = at;
                foreach (var character in entry.EnumerateRunes())
                {
                    Keep(character, source, character);
                    source += character.Utf16SequenceLength;
                }

                at += entry.Length;
            }
            else
            {
                // The only character whose lower-case form is two: its second is a mark.
                Keep(rune.Value == 'İ' ? new Rune('i') : Rune.ToLowerInvariant(rune), at, rune);
                if (rune.Value == 'İ' && _ids.ContainsKey('\u0307'))
                {
                    Keep(new Rune('\u0307'), at, rune);
                }

                at += length;
            }
        }

        return _settings.Normalize ? Trimmed(characters) : characters;

        void Keep(Rune character, int source, Rune original)
        {
            character = Written(character);
            if (Has(character))
            {
                characters.Add((character, source));
            }
            else
            {
                dropped.Add(new DroppedSymbol(original.ToString(), source, original.Utf16SequenceLength));
            }
        }
    }

    private Rune Written(Rune character) => _cedillas && character.Value == TWithComma ? new Rune(TWithCedilla) : character;

    private static List<(Rune Character, int Source)> Trimmed(List<(Rune Character, int Source)> characters)
    {
        int start = 0, end = characters.Count;
        while (start < end && IsSpace(characters[start].Character))
        {
            start++;
        }

        while (end > start && IsSpace(characters[end - 1].Character))
        {
            end--;
        }

        return characters[start..end];

        // Python counts the four separators of ASCII among the spaces.
        static bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune) || rune.Value is >= 0x1C and <= 0x1F;
    }

    private string? EntryAt(string text, int at, Rune first) =>
        _entries.GetValueOrDefault(first.Value)?.Find(entry => string.CompareOrdinal(text, at, entry, 0, entry.Length) == 0);

    private (string Token, long Id)? SpecialAt(List<(Rune Character, int Source)> characters, int at)
    {
        foreach (var special in _specials)
        {
            var next = at;
            if (special.Token.EnumerateRunes().All(rune => next < characters.Count && characters[next++].Character == rune))
            {
                return special;
            }
        }

        return null;
    }
}

/// <summary>What the configuration of a VitsTokenizer says, with that library's defaults.</summary>
public sealed record VitsTokenizerSettings
{
    /// <summary>Lower-case what the vocabulary does not hold as it is, and drop what it does not hold then.</summary>
    public bool Normalize { get; init; } = true;

    /// <summary>Put a blank before, between and after the characters.</summary>
    public bool AddBlank { get; init; } = true;

    /// <summary>The id of the blank.</summary>
    public long Blank { get; init; }

    /// <summary>The id of a mark before everything; null where there is none.</summary>
    public long? Begin { get; init; }

    /// <summary>The id of a mark behind everything; null where there is none.</summary>
    public long? End { get; init; }

    /// <summary>The language's code. Romanian (<c>ron</c>) is written with cedillas.</summary>
    public string? Language { get; init; }

    public string UnknownToken { get; init; } = "<unk>";

    public string PaddingToken { get; init; } = "<pad>";

    /// <summary>Further special tokens and their ids.</summary>
    public IReadOnlyDictionary<string, long> AddedTokens { get; init; } = new Dictionary<string, long>();

    /// <summary>How many ids the network knows; null where that is not known.</summary>
    public long? EmbeddingRows { get; init; }

    /// <summary>
    /// Python's ids also where the special token is a letter: no blank beside that letter. Otherwise such a text is spoken as the voice was trained, with
    /// blanks everywhere.
    /// </summary>
    public bool PythonForm { get; init; }
}

/// <param name="Ids">The input of the model.</param>
/// <param name="Sources">For each id that is no blank between characters, the UTF-16 offset in the text of what it stands for.</param>
/// <param name="Places">For each of those ids, its index in <paramref name="Ids"/>.</param>
/// <param name="Speakable">Whether a letter or digit is among them: punctuation alone says nothing.</param>
/// <param name="Dropped">Each character that the vocabulary has nothing for, as often as it came.</param>
public sealed record TokenizedText(long[] Ids, int[] Sources, int[] Places, bool Speakable, IReadOnlyList<DroppedSymbol> Dropped)
{
    /// <summary>For each of those ids, the character or token that it stands for.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];
}
