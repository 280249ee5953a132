namespace Dictation.WebApi.FunctionalTests.Support;

/// <summary>Node.js with the packages of tests/Node: second opinions that share no code with this project.</summary>
internal static class NodeTools
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Node");

    /// <summary>Runs a script of tests/Node there; ignores the test where Node.js or its packages are missing. In CI they must be there.</summary>
    public static Task<(int ExitCode, string Output, string Error)> RunAsync(IEnumerable<string> arguments, Dictionary<string, string>? environment = null)
    {
        Programs.Require(Missing(), "CI_NODE");
        return ChildProgram.RunAsync("node", arguments, Folder, environment);
    }

    private static string? Missing()
    {
        if (!Programs.IsOnPath(OperatingSystem.IsWindows() ? "node.exe" : "node"))
        {
            return "there is no Node.js on the PATH. Install version 20 or later.";
        }

        return Directory.Exists(Path.Combine(Folder, "node_modules")) ? null : "the packages of tests/Node are not installed. Run npm ci there.";
    }
}
