using System.CommandLine;

namespace Dictation.WebApi.Commands;

/// <summary>The commands beside the service itself. They start no host and load no voice.</summary>
internal static class CommandLine
{
    /// <summary>The exit code of a command line that is not understood.</summary>
    public const int UsageError = 2;

    private static readonly string[] Asked = ["--help", "-h", "-?", "/?", "/h", "--version"];

    /// <summary>Whether the arguments ask for a command, for help or for a completion, and not for the service with settings.</summary>
    public static bool Handles(string[] args) =>
        args is [KeysCommand.Name or VoicesCommand.Name, ..] || (args is [var first, ..] && (Asked.Contains(first) || first.StartsWith("[suggest", StringComparison.Ordinal)));

    /// <returns>The exit code: 0 done, 1 failed, 2 asked wrongly.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Text in, speech out. Without a command the service starts; settings are given as --Section:Name=value.")
        {
            VoicesCommand.Create(output, error),
            KeysCommand.Create(output, error),
        };
        var parsed = root.Parse(args);
        var wrong = parsed.Errors.Count > 0;

        // Errors and usage go to standard error alone: a script reads standard output.
        var exitCode = await parsed.InvokeAsync(new InvocationConfiguration { Output = wrong ? error : output, Error = error, EnableDefaultExceptionHandler = false });
        return wrong ? UsageError : exitCode;
    }
}
