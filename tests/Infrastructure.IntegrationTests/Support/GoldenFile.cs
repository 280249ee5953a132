namespace Dictation.Infrastructure.IntegrationTests.Support;

/// <summary>A reviewed file that generated text must equal.</summary>
internal static class GoldenFile
{
    private const string Rewrite = "UPDATE_GOLDEN=1 dotnet test tests/Infrastructure.IntegrationTests --filter Golden";

    /// <param name="path">From the repository's root.</param>
    public static void AssertEqual(string path, string actual)
    {
        var file = Path.Combine(RepositoryRoot(), path);
        var text = Normalise(actual);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        var expected = File.Exists(file) ? Normalise(File.ReadAllText(file)) : "";
        Assert.That(text, Is.EqualTo(expected), $"{path} is no longer what is generated. When the change is meant, write it anew and review it:\n  {Rewrite}\n");
    }

    private static string Normalise(string text) => text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd() + "\n";

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Dictation.sln")))
        {
            directory = directory.Parent ?? throw new DirectoryNotFoundException($"No Dictation.sln above {AppContext.BaseDirectory}.");
        }

        return directory.FullName;
    }
}
