using System.Runtime.CompilerServices;

namespace Dictation.Client;

/// <summary>Lists as one sequence: a page is fetched when it is reached, and each entry is seen once, also while others are added.</summary>
public static class PageExtensions
{
    private const int PerPage = 100;

    /// <summary>Tasks, newest first.</summary>
    /// <param name="client">The client.</param>
    /// <param name="status">Tasks that stand there only.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DictationException">The service refused.</exception>
    public static async IAsyncEnumerable<TtsTask> ListAllTasksAsync(
        this IDictationClient client, TtsTaskStatus? status = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? cursor = null;
        IReadOnlyList<TtsTask> page;
        do
        {
            page = await client.ListTasksAsync(status, PerPage, cursor, cancellationToken).ConfigureAwait(false);
            foreach (var task in page)
            {
                yield return task;
            }

            cursor = page.Count == 0 ? null : page[^1].ConversionId;
        }
        while (page.Count == PerPage);
    }

    /// <summary>Items that fit every condition given.</summary>
    /// <param name="client">The client.</param>
    /// <param name="locale">The whole tag, in any case.</param>
    /// <param name="tag">Tags that an item carries, all of them.</param>
    /// <param name="difficulty"><c>3</c> or <c>2..4</c>.</param>
    /// <param name="q">A part of the text, in any case.</param>
    /// <param name="practiced">Items with or without an attempt.</param>
    /// <param name="ttsStatus">How far the speech is.</param>
    /// <param name="sort">The order; newest first unless given.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DictationException">The service refused.</exception>
    public static async IAsyncEnumerable<Item> ListAllItemsAsync(
        this IDictationClient client,
        string? locale = null,
        IEnumerable<string>? tag = null,
        string? difficulty = null,
        string? q = null,
        bool? practiced = null,
        ItemSpeechStatus? ttsStatus = null,
        Sort? sort = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Items up to the newest of now: those that come later would move the others from page to page.
        var newest = await client.ListItemsAsync(perPage: 1, cancellationToken: cancellationToken).ConfigureAwait(false);
        var maxId = newest.Items.Count == 0 ? 0 : newest.Items[0].Id;
        var entries = PagesAsync(
            async page => await client.ListItemsAsync(locale, tag, difficulty, q, practiced, ttsStatus, sort, maxId, page, PerPage, cancellationToken).ConfigureAwait(false) is var found
                ? (found.Items, found.TotalPages)
                : default);
        await foreach (var item in entries.ConfigureAwait(false))
        {
            yield return item;
        }
    }

    /// <summary>Attempts that fit every condition given, newest first.</summary>
    /// <param name="client">The client.</param>
    /// <param name="itemId">Attempts on this item only.</param>
    /// <param name="userId">Whose attempts.</param>
    /// <param name="since">Attempts from then on.</param>
    /// <param name="until">Attempts before then.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DictationException">The service refused.</exception>
    public static IAsyncEnumerable<Attempt> ListAllAttemptsAsync(
        this IDictationClient client, long? itemId = null, string? userId = null, DateTimeOffset? since = null, DateTimeOffset? until = null, CancellationToken cancellationToken = default) =>
        PagesAsync(async page =>
        {
            var found = await client.ListAttemptsAsync(itemId, userId, since, until, page, PerPage, cancellationToken).ConfigureAwait(false);
            until ??= found.Attempts.Count == 0 ? null : JustAfter(found.Attempts[0].CreatedAt);
            return (found.Attempts, found.TotalPages);
        });

    /// <summary>The practised items, the last practised first.</summary>
    /// <param name="client">The client.</param>
    /// <param name="since">Attempts from then on.</param>
    /// <param name="until">Attempts before then.</param>
    /// <param name="userId">Whose attempts.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DictationException">The service refused.</exception>
    public static IAsyncEnumerable<PracticeLogEntry> ListPracticeLogAsync(
        this IDictationClient client, DateTimeOffset? since = null, DateTimeOffset? until = null, string? userId = null, CancellationToken cancellationToken = default) =>
        PagesAsync(async page =>
        {
            var found = await client.GetPracticeLogAsync(since, until, userId, page, PerPage, cancellationToken).ConfigureAwait(false);
            until ??= found.PracticeLog.Count == 0 ? null : JustAfter(found.PracticeLog[0].LastPracticedAt);
            return (found.PracticeLog, found.TotalPages);
        });

    /// <summary>The preset tags, by name.</summary>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="DictationException">The service refused.</exception>
    public static IAsyncEnumerable<Tag> ListAllTagsAsync(this IDictationClient client, CancellationToken cancellationToken = default) =>
        PagesAsync(async page => await client.ListTagsAsync(page, PerPage, cancellationToken).ConfigureAwait(false) is var found ? (found.Tags, found.TotalPages) : default);

    /// <summary>The end of what is read, once its newest is known: what comes later would move the others from page to page.</summary>
    private static DateTimeOffset? JustAfter(DateTimeOffset? newest) => newest?.AddTicks(1);

    private static async IAsyncEnumerable<T> PagesAsync<T>(Func<int, Task<(IReadOnlyList<T> Entries, int TotalPages)>> read)
    {
        for (var page = 1; ; page++)
        {
            var (entries, totalPages) = await read(page).ConfigureAwait(false);
            foreach (var entry in entries)
            {
                yield return entry;
            }

            if (page >= totalPages)
            {
                yield break;
            }
        }
    }
}
