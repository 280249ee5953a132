using System.Text;
using Dictation.Domain.Tts;

namespace Dictation.Domain.Items;

/// <summary>Whether an item can be heard.</summary>
public enum ItemSpeechStatus
{
    /// <summary>Its speech is queued or being spoken.</summary>
    Pending,

    /// <summary>Its audio can be played.</summary>
    Ready,

    /// <summary>It has no audio; the error says why.</summary>
    Failed,
}

/// <summary>
/// A text to practise dictation with. Its speech is a <see cref="TtsTask"/>, which several items may share; what became of that task is
/// mirrored here in the same transaction, so that the item can be listed, filtered and played without it.
/// </summary>
public sealed class Item
{
    /// <summary>Longest text in code points.</summary>
    public const int MaxTextLength = TtsTask.MaxTextLength;

    public const int MaxTags = 20;
    public const int MinDifficulty = 1;
    public const int MaxDifficulty = 5;

    private readonly List<ItemTag> _tags = [];

    private Item(string locale, string text)
    {
        Locale = locale;
        Text = text;
        SearchText = Fold(text);
    }

    /// <summary>0 until it is stored.</summary>
    public long Id { get; private init; }

    /// <summary>BCP 47 in canonical case, such as <c>fi-FI</c>.</summary>
    public string Locale { get; private set; }

    public string Text { get; private set; }

    /// <summary>The text as <see cref="Fold"/> writes it.</summary>
    public string SearchText { get; private set; }

    /// <summary>1 (easy) to 5.</summary>
    public int Difficulty { get; private set; }

    /// <summary>Whether somebody chose the difficulty; else it follows the text.</summary>
    public bool DifficultyGiven { get; private set; }

    /// <summary>In the order given, without white space around them; no two are alike but for case.</summary>
    public IReadOnlyList<ItemTag> Tags => _tags;

    /// <summary>The task that speaks, or spoke, the text; null when it was deleted before it did.</summary>
    public string? ConversionId { get; private set; }

    public ItemSpeechStatus TtsStatus { get; private set; }

    /// <summary>Why there is no audio.</summary>
    public string? TtsError { get; private set; }

    /// <summary>Lower-hex SHA-256 of the audio; null unless it is ready.</summary>
    public string? AudioHash { get; private set; }

    public bool Practiced { get; private set; }

    public int AttemptCount { get; private set; }

    /// <summary>0..100, of all learners; null without an attempt.</summary>
    public int? BestScore { get; private set; }

    public DateTime? FirstPracticedAt { get; private set; }

    public DateTime? LastPracticedAt { get; private set; }

    public DateTime CreatedAt { get; private init; }

    /// <summary>When the item was last edited or spoken again.</summary>
    public DateTime UpdatedAt { get; private set; }

    /// <param name="difficulty">1..5; null to follow the text.</param>
    public static Item Create(string locale, string text, int? difficulty, IEnumerable<string> tags, DateTime now)
    {
        var item = new Item(CanonicalLocale(locale), text) { CreatedAt = now, UpdatedAt = now };
        item.Rate(difficulty ?? DifficultyOf(text), now, given: difficulty is not null);
        item.Tag(tags, now);
        return item;
    }

    /// <summary>A changed text needs new speech: see <see cref="SpeakAs"/>.</summary>
    public void Edit(string locale, string text, DateTime now)
    {
        Locale = CanonicalLocale(locale);
        Text = text;
        SearchText = Fold(text);
        if (!DifficultyGiven)
        {
            Difficulty = DifficultyOf(text);
        }

        UpdatedAt = now;
    }

    public void Rate(int difficulty, DateTime now) => Rate(difficulty, now, given: true);

    /// <summary>Replaces the tags. Of those alike but for case the first is kept.</summary>
    public void Tag(IEnumerable<string> tags, DateTime now)
    {
        // A tag that stays keeps its row.
        var before = _tags.ToDictionary(t => t.Key, StringComparer.Ordinal);
        _tags.Clear();
        foreach (var (position, name) in tags.Select(t => t.Trim()).DistinctBy(Fold, StringComparer.Ordinal).Index())
        {
            var tag = before.GetValueOrDefault(Fold(name)) ?? new ItemTag(Fold(name));
            tag.Put(name, position);
            _tags.Add(tag);
        }

        UpdatedAt = now;
    }

    /// <summary>From now on this task speaks the item.</summary>
    public void SpeakAs(string conversionId, DateTime now)
    {
        ConversionId = conversionId;
        TtsStatus = ItemSpeechStatus.Pending;
        TtsError = AudioHash = null;
        UpdatedAt = now;
    }

    /// <summary>
    /// 1..5 by length: at most 6 words or 50 letters, 9 or 80, 12 or 110, 15 or 140, more. The first that fits; letters are code points other
    /// than white space.
    /// </summary>
    public static int DifficultyOf(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        var letters = text.EnumerateRunes().Count(r => !Rune.IsWhiteSpace(r));
        return (words, letters) switch
        {
            _ when words <= 6 || letters <= 50 => 1,
            _ when words <= 9 || letters <= 80 => 2,
            _ when words <= 12 || letters <= 110 => 3,
            _ when words <= 15 || letters <= 140 => 4,
            _ => 5,
        };
    }

    /// <summary>The form in which texts and tags are searched: composed, and without case in any alphabet.</summary>
    public static string Fold(string text)
    {
        // Only whole code points can be composed: a lone surrogate becomes U+FFFD, and so must the one that .NET takes for half a character.
        var whole = string.Concat(text.EnumerateRunes()).Replace('\uFFFE', '\uFFFD');
        return whole.Normalize(NormalizationForm.FormC).ToUpperInvariant().ToLowerInvariant();
    }

    /// <summary>A BCP 47 tag as it is usually written: <c>FI_fi</c> becomes <c>fi-FI</c>.</summary>
    public static string CanonicalLocale(string locale)
    {
        var parts = locale.Split('-', '_');
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = i > 0 && parts[i].Length == 2 ? parts[i].ToUpperInvariant()
                : i > 0 && parts[i].Length == 4 ? char.ToUpperInvariant(parts[i][0]) + parts[i][1..].ToLowerInvariant()
                : parts[i].ToLowerInvariant();
        }

        return string.Join('-', parts);
    }

    private void Rate(int difficulty, DateTime now, bool given)
    {
        Difficulty = difficulty;
        DifficultyGiven = given;
        UpdatedAt = now;
    }
}

/// <summary>A tag on an item.</summary>
/// <param name="key">The name as <see cref="Item.Fold"/> writes it: what tags are found by.</param>
public sealed class ItemTag(string key)
{
    /// <summary>In code points.</summary>
    public const int MaxLength = 50;

    public long ItemId { get; private init; }

    public string Key { get; private init; } = key;

    /// <summary>As it was given.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its place among the item's tags, from 0.</summary>
    public int Position { get; private set; }

    internal void Put(string name, int position)
    {
        Name = name;
        Position = position;
    }
}
