namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>Node.js with the packages of tests/Node: second opinions that share no code with this project.</summary>
internal static class NodeTools
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Node");

    /// <summary>Runs a script of tests/Node there; ignores the test where Node.js or its packages are missing. In CI they must be there.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(IEnumerable<string> arguments, Dictionary<string, string>? environment = null)
    {
        if (Missing() is { } reason)
        {
            Assert.That(Environment.GetEnvironmentVariable("CI_NODE"), Is.Null, reason);
            Assert.Ignore($"Not tried: {reason}");
        }

        return ChildProgram.RunAsync("node", arguments, Folder, environment);
    }

    private static string? Missing()
    {
        var program = OperatingSystem.IsWindows() ? "node.exe" : "node";
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, program))))
        {
            return "there is no Node.js on the PATH. Install version 20 or later.";
        }

        return Directory.Exists(Path.Combine(Folder, "node_modules")) ? null : "the packages of tests/Node are not installed. Run npm ci there.";
    }
}
