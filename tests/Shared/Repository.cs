namespace Dictation.Shared;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <param name="path">From the root.</param>
    public static string File(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(directory.FullName, "Dictation.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException($"No Dictation.sln above {AppContext.BaseDirectory}.");
        }

        return directory.FullName;
    }
}
