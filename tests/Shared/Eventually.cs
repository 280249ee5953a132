using System.Diagnostics;

namespace Dictation.Shared;

/// <summary>Waits on a condition, looking often and for long.</summary>
internal static class Eventually
{
    public static Task HoldsAsync(Func<bool> condition, string what) => HoldsAsync(() => Task.FromResult(condition()), what);

    public static Task HoldsAsync(Func<Task<bool>> condition, string what) => HoldsAsync(condition, () => Task.FromResult(what));

    /// <param name="what">Asked only when the time is up.</param>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<Task<string>> what)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > TimeSpan.FromMinutes(2))
            {
                throw new TimeoutException($"In two minutes it did not come about that {await what()}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }
}
