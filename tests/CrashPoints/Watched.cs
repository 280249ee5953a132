using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Threading.Channels;
using Dictation.Application.Abstractions;

namespace Dictation.CrashPoints;

/// <summary>A port with a crash point before and after each of its calls: <c>IAudioStore.Create:before</c>.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it.")]
internal class Watched<T> : DispatchProxy
    where T : class
{
    private static readonly MethodInfo Then = typeof(Watched<T>).GetMethod(nameof(ThenAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private T real = null!;

    public static T Over(T real)
    {
        var watched = Create<T, Watched<T>>();
        ((Watched<T>)(object)watched).real = real;
        return watched;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        // The recorder's batches are named for the event that they store.
        var point = targetMethod!.Name == nameof(ITtsTaskQueue.ChangeManyAsync) ? $"{typeof(T).Name}.{targetMethod.Name}({OneByOne.Last})" : $"{typeof(T).Name}.{targetMethod.Name}";
        CrashPoint.Pass($"{point}:before");
        var result = targetMethod.Invoke(real, BindingFlags.DoNotWrapExceptions, null, args, null);
        if (result is Task && targetMethod.ReturnType.IsGenericType)
        {
            var mayFindNothing = targetMethod.Name == nameof(ITtsTaskQueue.ClaimDueAsync);
            return Then.MakeGenericMethod(targetMethod.ReturnType.GetGenericArguments()).Invoke(null, [result, $"{point}:after", mayFindNothing]);
        }

        CrashPoint.Pass($"{point}:after");
        return result switch
        {
            IAudioWriter writer => Watched<IAudioWriter>.Over(writer),
            TtsEventSubscription subscription => new TtsEventSubscription(new OneByOne(subscription.Reader), subscription.Dispose),
            _ => result,
        };
    }

    private static async Task<TResult> ThenAsync<TResult>(Task<TResult> task, string point, bool mayFindNothing)
    {
        var result = await task;

        // A look at an empty queue is no step on any task's way.
        if (!mayFindNothing || result is not ICollection { Count: 0 })
        {
            CrashPoint.Pass(point);
        }

        return result;
    }
}

/// <summary>Hands on one event at a time, so that each is stored in a batch of its own, and has a crash point where each leaves the engine.</summary>
internal sealed class OneByOne(ChannelReader<TtsEvent> events) : ChannelReader<TtsEvent>
{
    private static volatile string last = "";
    private bool given;
    private bool waitsForCompany;

    /// <summary>The kind of the event that was handed on last.</summary>
    public static string Last => last;

    public override Task Completion => events.Completion;

    public override bool TryRead([MaybeNullWhen(false)] out TtsEvent item)
    {
        item = null;
        if (given || !events.TryRead(out item))
        {
            given = false;
            return false;
        }

        given = true;
        waitsForCompany = item is not (TtsJobStored or TtsJobFailed or TtsJobCancelled);
        last = item.GetType().Name;
        CrashPoint.Pass($"{last}:published");
        return true;
    }

    /// <summary>With an event that ends nothing the recorder waits a moment for another: none comes until the moment is over.</summary>
    public override async ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        if (waitsForCompany)
        {
            waitsForCompany = false;
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return await events.WaitToReadAsync(cancellationToken);
    }
}
