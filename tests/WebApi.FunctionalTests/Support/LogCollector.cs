using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>Keeps what the service logged.</summary>
public sealed class LogCollector : ILoggerProvider
{
    private readonly ConcurrentQueue<string> lines = new();
    private Func<string, bool> keeps = _ => true;

    public IReadOnlyCollection<string> Lines => lines;

    /// <summary>What is less is not kept.</summary>
    public LogLevel Least { get; set; } = LogLevel.Information;

    /// <summary>From now on keeps such lines only, and of those so far: for tests so long that the others would fill the memory.</summary>
    public void Keep(Func<string, bool> which)
    {
        keeps = which;
        var sofar = lines.Count;
        while (sofar-- > 0 && lines.TryDequeue(out var line))
        {
            Add(line);
        }
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(string line)
    {
        if (keeps(line))
        {
            lines.Enqueue(line);
        }
    }

    private sealed class Logger(LogCollector collector, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= collector.Least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            collector.Add($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }
}
