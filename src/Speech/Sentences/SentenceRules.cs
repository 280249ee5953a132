using System.Collections.Frozen;

namespace Dictation.Speech.Sentences;

/// <summary>What one language's full stops belong to. Thread-safe.</summary>
public sealed class SentenceRules
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _leading, _beforeNumbers, _closing, _labels, _starters, _behindOrdinals;

    /// <param name="leading">
    /// Abbreviations, in lower case and without the last full stop, that a word follows: <c>prof</c>, <c>esim</c>. Theirs never ends a sentence.
    /// </param>
    /// <param name="beforeNumbers">Abbreviations that lead only to a number: <c>s</c> in <c>s. 5</c>.</param>
    /// <param name="closing">Abbreviations that a sentence may end with: <c>jne</c>. Theirs ends one before a capital.</param>
    /// <param name="labels">Words that a letter or number follows, so that it is no initial: <c>vaihtoehto A.</c>; in lower case.</param>
    /// <param name="starters">
    /// Words that begin a sentence behind an abbreviation of <paramref name="closing"/>; null where any capital does.
    /// </param>
    /// <param name="ordinalStop">Whether a full stop behind a number may make it an ordinal: <c>5. Jalkaväkirykmentti</c>.</param>
    /// <param name="findsRunOns">
    /// Whether sentences also begin where no space or mark parts them: at the items of a list in one line, behind a footnote's number.
    /// </param>
    /// <param name="behindOrdinals">Words with a capital that an ordinal of one or two digits leads to: <c>Mai</c> in <c>3. Mai</c>.</param>
    public SentenceRules(
        IEnumerable<string> leading,
        IEnumerable<string> beforeNumbers,
        IEnumerable<string> closing,
        IEnumerable<string> labels,
        IEnumerable<string>? starters = null,
        bool ordinalStop = false,
        bool findsRunOns = false,
        IEnumerable<string>? behindOrdinals = null)
    {
        (_leading, _beforeNumbers, _closing, _labels) = (Lookup(leading), Lookup(beforeNumbers), Lookup(closing), Lookup(labels));
        _starters = Lookup(starters ?? []);
        _behindOrdinals = Lookup(behindOrdinals ?? []);
        HasStarters = starters is not null;
        OrdinalStop = ordinalStop;
        FindsRunOns = findsRunOns;
    }

    /// <summary>Whether a full stop behind a number may make it an ordinal.</summary>
    public bool OrdinalStop { get; }

    /// <summary>Whether sentences also begin where no space or mark parts them.</summary>
    public bool FindsRunOns { get; }

    /// <summary>Whether only certain words begin a sentence behind an abbreviation that may close one.</summary>
    public bool HasStarters { get; }

    /// <summary>Whether the word's full stop never ends a sentence.</summary>
    public bool Leads(ReadOnlySpan<char> word) => Contains(_leading, word);

    /// <summary>Whether the word's full stop does not end a sentence before a number.</summary>
    public bool LeadsToNumber(ReadOnlySpan<char> word) => Contains(_beforeNumbers, word);

    /// <summary>Whether the word is an abbreviation that may end a sentence.</summary>
    public bool MayClose(ReadOnlySpan<char> word) => Contains(_closing, word);

    /// <summary>Whether the word names the letter or number that follows it.</summary>
    public bool IsLabel(ReadOnlySpan<char> word) => Contains(_labels, word);

    /// <summary>Whether the word goes on behind an ordinal of one or two digits.</summary>
    public bool FollowsOrdinal(ReadOnlySpan<char> word) => _behindOrdinals.Contains(word);

    /// <summary>Whether the word begins a sentence.</summary>
    public bool Starts(ReadOnlySpan<char> word) => _starters.Contains(word);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup(IEnumerable<string> words) =>
        words.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static bool Contains(FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> set, ReadOnlySpan<char> word)
    {
        if (word.Length is 0 or > SentenceSplitter.LongestWord)
        {
            return false;
        }

        Span<char> lower = stackalloc char[SentenceSplitter.LongestWord];
        var length = word.ToLowerInvariant(lower);
        return length > 0 && set.Contains(lower[..length]);
    }
}
