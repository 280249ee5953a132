namespace Dictation.Shared;

/// <summary>A reviewed file that generated text must equal.</summary>
internal static class GoldenFile
{
    /// <param name="path">From the repository's root.</param>
    /// <remarks>The command that a failure prints runs the tests with "Golden" in their names.</remarks>
    public static void AssertEqual(string path, string actual)
    {
        var file = Repository.File(path);
        var text = Normalise(actual);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }

        var expected = File.Exists(file) ? Normalise(File.ReadAllText(file)) : "";
        var project = typeof(GoldenFile).Assembly.GetName().Name!["Dictation.".Length..];
        Assert.That(
            text,
            Is.EqualTo(expected),
            $"{path} is no longer what is generated. If the change is meant, rewrite it and review it:\n  UPDATE_GOLDEN=1 dotnet test tests/{project} --filter Golden\n");
    }

    private static string Normalise(string text) => text.TrimStart('\uFEFF').ReplaceLineEndings("\n").TrimEnd() + "\n";
}
