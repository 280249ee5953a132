using System.Diagnostics;
using System.Net.Http.Json;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>The real program in a process of its own, as an operator starts it.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly TaskCompletionSource<Uri> listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> output = [];

    private ServerProcess(string program, string directory, Dictionary<string, string> environment, params string[] launcher)
    {
        string[] command = [.. launcher, "dotnet", program];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PORT"] = "0";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The server ended with {process.ExitCode}:\n{Output}"));
    }

    /// <summary>The program beside the tests, which measures their coverage.</summary>
    public static string Measured => typeof(Program).Assembly.Location;

    /// <summary>The program as it was built: it writes nothing about coverage.</summary>
    public static string Built => Repository.File(Path.Combine(
        "src", "WebApi", "bin", typeof(Program).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration, $"net{Environment.Version.ToString(2)}", Path.GetFileName(Measured)));

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Of the process.</summary>
    public int Id => process.Id;

    public string Output
    {
        get
        {
            lock (output)
            {
                return string.Join('\n', output);
            }
        }
    }

    /// <summary>Starts the program in a directory and returns when it listens.</summary>
    /// <param name="launcher">A program and its arguments that starts another and becomes it.</param>
    public static Task<ServerProcess> StartAsync(string directory, Dictionary<string, string>? environment = null, params string[] launcher) =>
        StartProgramAsync(Measured, directory, environment ?? [], launcher);

    /// <inheritdoc cref="StartAsync"/>
    /// <param name="program"><see cref="Measured"/> or <see cref="Built"/>.</param>
    public static async Task<ServerProcess> StartProgramAsync(string program, string directory, Dictionary<string, string> environment, params string[] launcher)
    {
        var server = new ServerProcess(program, directory, environment, launcher);
        server.Launch();
        server.Http.BaseAddress = await server.listening.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return server;
    }

    /// <summary>Starts the program and returns when it has ended by itself, with its exit code and all that it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(string directory, Dictionary<string, string> environment)
    {
        await using var server = new ServerProcess(Measured, directory, environment);
        _ = server.listening.Task.ContinueWith(t => t.Exception, TaskScheduler.Default);
        server.Launch();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await server.process.WaitForExitAsync(patience.Token);
        return (server.process.ExitCode, server.Output);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>Its exit code; 128 and the signal's number when a signal ended it.</returns>
    public async Task<int> EndedAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Stands still, as a suspended machine does, until <see cref="Resume"/>.</summary>
    public void Pause() => Assert.That(Kill(process.Id, OperatingSystem.IsMacOS() ? 17 : 19), Is.Zero);

    public void Resume() => Assert.That(Kill(process.Id, OperatingSystem.IsMacOS() ? 19 : 18), Is.Zero);

    /// <summary>Ctrl+C.</summary>
    /// <returns>How long it took to end, and its exit code.</returns>
    public async Task<(TimeSpan Time, int ExitCode)> InterruptAsync()
    {
        const int Sigint = 2;
        var clock = Stopwatch.StartNew();
        Assert.That(Kill(process.Id, Sigint), Is.Zero);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(patience.Token);
        return (clock.Elapsed, process.ExitCode);
    }

    public async Task<JsonNode> PostAsync(string path, JsonNode body)
    {
        using var response = await Http.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, Is.True, text);
        return JsonNode.Parse(text)!;
    }

    public async Task<JsonNode> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, Is.True, text);
        return JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
        Http.Dispose();
    }

    private void Launch()
    {
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (output)
        {
            output.Add(line);
        }

        if (ListeningOn().Match(line) is { Success: true } match)
        {
            listening.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex ListeningOn();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
