using System.Text.Json;
using Dictation.Application;
using Dictation.Application.Tts;
using Dictation.WebApi.Wire;

namespace Dictation.WebApi.Http;

/// <summary>Writes the steps of a task as server-sent events, with a comment now and then so that proxies keep the stream open.</summary>
internal static class ServerSentEvents
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    /// <param name="grace">How long a write may wait for the client. A client that has stopped reading is cut off after that.</param>
    public static async Task WriteAsync(HttpResponse response, IAsyncEnumerable<TaskStep> steps, TimeSpan grace, TimeProvider clock, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var stream = steps.GetAsyncEnumerator(ending.Token);
        var next = stream.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                try
                {
                    if (!await next.WaitAsync(KeepAlive, clock, cancellationToken))
                    {
                        return;
                    }
                }
                catch (TimeoutException)
                {
                    await WriteTextAsync(response, ": keep-alive\n\n", grace, clock, cancellationToken);
                    continue;
                }

                var step = stream.Current;
                var name = step.Progress is null ? step.Status.WireName() : "progress";
                var data = JsonSerializer.Serialize(step, Json.Options);
                await WriteTextAsync(response, $"event: {name}\ndata: {data}\n\n", grace, clock, cancellationToken);
                next = stream.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // An enumerator may only be disposed when none of its steps is under way.
            await ending.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task WriteTextAsync(HttpResponse response, string text, TimeSpan grace, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(grace, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await response.WriteAsync(text, either.Token);
            await response.Body.FlushAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // The client leaves unread what was sent. An orderly end of the answer would wait for it too, and the server's stop for that.
            response.HttpContext.Abort();
            throw;
        }
    }
}
