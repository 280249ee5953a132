using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Dictation.Benchmarks;

/// <summary>A server in a process of its own.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Server(string program, string[] arguments, string directory, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments]) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var output = new List<string>();
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"{program} ended:\n{string.Join('\n', output)}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        void Read(string? line)
        {
            if (line is null || listening.Task.IsCompleted)
            {
                return;
            }

            output.Add(line);
            if (ListeningOn().Match(line) is { Success: true } match)
            {
                listening.TrySetResult(new Uri(match.Groups[1].Value));
            }
        }
    }

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(2) };

    public int Id => process.Id;

    /// <summary>Bytes in memory now.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts the service and returns when it listens.</summary>
    public static Task<Server> StartServiceAsync(string directory, Dictionary<string, string>? settings = null) =>
        StartAsync(new Server("Dictation.WebApi.dll", [], directory, new(settings ?? []) { ["PORT"] = "0", ["DATA_DIR"] = directory, ["TTS_DEVICE"] = "cpu", ["LOG_LEVEL"] = "WARNING", ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information" }));

    /// <summary>Starts the bare server and returns when it listens.</summary>
    public static Task<Server> StartBareAsync(string directory, params string[] arguments) =>
        StartAsync(new Server("Dictation.BareServer.dll", arguments, directory, new() { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information" }));

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Http.Dispose();
    }

    private static async Task<Server> StartAsync(Server server)
    {
        server.Http.BaseAddress = await server.listening.Task.WaitAsync(Patience);
        return server;
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex ListeningOn();
}
