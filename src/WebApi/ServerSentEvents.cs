using System.Text.Json;
using Dictation.Application.Tts;

namespace Dictation.WebApi;

/// <summary>Writes the steps of a task as server-sent events, with a comment now and then so that proxies keep the stream open.</summary>
internal static class ServerSentEvents
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static async Task WriteAsync(HttpResponse response, IAsyncEnumerable<TaskStep> steps, TimeProvider clock, CancellationToken cancellationToken)
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
                    await WriteTextAsync(response, ": keep-alive\n\n", cancellationToken);
                    continue;
                }

                var step = stream.Current;
                var name = step.Progress is null ? JsonNamingPolicy.SnakeCaseLower.ConvertName(step.Status.ToString()) : "progress";
                var data = JsonSerializer.Serialize(step, Json.Options);
                await WriteTextAsync(response, $"event: {name}\ndata: {data}\n\n", cancellationToken);
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

    private static async Task WriteTextAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
