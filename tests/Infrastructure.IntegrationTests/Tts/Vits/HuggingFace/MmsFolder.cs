namespace Dictation.Infrastructure.IntegrationTests.Tts.Vits.HuggingFace;

/// <summary>Copies of the fixtures' voices.</summary>
internal static class MmsFolder
{
    public static string Source(string model) => Repository.File($"tests/Fixtures/mms/models/{model}");

    /// <summary>Copies a voice into a directory, under its own name or another.</summary>
    public static string Copy(string model, string into, string? name = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(into, name ?? model)).FullName;
        foreach (var file in Directory.EnumerateFiles(Source(model)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return folder;
    }

    /// <summary>Replaces a piece of one of a voice's text files.</summary>
    public static void Edit(string folder, string file, string from, string to)
    {
        var path = Path.Combine(folder, file);
        var text = File.ReadAllText(path);
        Assert.That(text, Does.Contain(from));
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }
}
