using System.Threading.Channels;

namespace Dictation.Application;

/// <summary>Reading a channel with patience that ends.</summary>
internal static class TimedReads
{
    /// <summary>The next item, or the default when none came within <paramref name="atMost"/> by the given clock.</summary>
    /// <exception cref="OperationCanceledException">The caller's token was cancelled.</exception>
    public static async Task<T?> ReadWithinAsync<T>(this ChannelReader<T> reader, TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (reader.TryRead(out var item))
        {
            return item;
        }

        using var timer = new CancellationTokenSource(atMost, clock);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            return await reader.ReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return default;
        }
    }
}
