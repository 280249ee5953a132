using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Dictation.Shared;

namespace Dictation.Benchmarks;

/// <summary>A server in a process of its own.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process process;
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Server(string name, string? published, string[] arguments, string directory, Dictionary<string, string> environment)
    {
        var program = published is null ? Path.Combine(AppContext.BaseDirectory, $"{name}.dll") : Path.Combine(published, name, name);
        var start = new ProcessStartInfo(published is null ? "dotnet" : program, published is null ? [program, .. arguments] : arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in environment)
        {
            start.Environment[variable] = value;
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
    /// <param name="published">Where the program was published; left out, it is the one beside this.</param>
    public static Task<Server> StartServiceAsync(string directory, Dictionary<string, string>? settings = null, string? published = null) =>
        StartAsync(new Server("Dictation.WebApi", published, [], directory, new(settings ?? []) { ["PORT"] = "0", ["DATA_DIR"] = directory, ["TTS_DEVICE"] = "cpu", ["LOG_LEVEL"] = "WARNING", ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information" }));

    /// <summary>Starts the bare server and returns when it listens.</summary>
    public static Task<Server> StartBareAsync(string directory, string[] arguments, string? published = null) =>
        StartAsync(new Server("Dictation.BareServer", published, arguments, directory, new() { ["ASPNETCORE_URLS"] = "http://127.0.0.1:0", ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information" }));

    /// <summary>Publishes a program as operators do, for this platform.</summary>
    /// <param name="project">From the repository's root; its name is its assembly's without the product's.</param>
    public static async Task PublishAsync(string project, string folder)
    {
        using var dotnet = Process.Start(new ProcessStartInfo(
            "dotnet", ["publish", project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", Path.Combine(folder, $"Dictation.{Path.GetFileName(project)}"), "-v", "quiet", "--nologo"])
        { WorkingDirectory = Repository.Root })!;
        await dotnet.WaitForExitAsync();
        if (dotnet.ExitCode != 0)
        {
            throw new InvalidOperationException($"{project} could not be published; see above.");
        }
    }

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
