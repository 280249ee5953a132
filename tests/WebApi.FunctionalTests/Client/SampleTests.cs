using Dictation.Listening;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests.Client;

/// <summary>samples/SpeakConsole, built from the packed SDK in a folder of its own, as a stranger would, and run against the service.</summary>
[Category("Programs")]
public sealed class SampleTests
{
    private const string Text = "Tuuli käy pöydällä.";
    private TemporaryDirectory place = null!;
    private DictationServer server = null!;

    private string Program => Path.Combine(place.Path, "samples", "SpeakConsole", "bin", "Debug", "net10.0", "SpeakConsole.dll");

    [OneTimeSetUp]
    public async Task PackAndBuild()
    {
        place = new TemporaryDirectory();
        server = new DictationServer();
        foreach (var file in Directory.GetFiles(Repository.File("samples"), "*", SearchOption.AllDirectories).Where(f => !f.Split(Path.DirectorySeparatorChar).Any(p => p is "bin" or "obj")))
        {
            var copy = Path.Combine(place.Path, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        // A version of its own, and a package folder of its own before the user's: neither finds nor leaves another build's package there.
        var version = $"0.0.0-test.{Guid.NewGuid():N}";
        var packages = await DotnetAsync(Repository.Root, "nuget", "locals", "global-packages", "--list");
        await DotnetAsync(Repository.Root, "pack", "src/Client", "--no-build", "-c", Configuration, "-o", Path.Combine(place.Path, "artifacts", "packages"), $"-p:PackageVersion={version}");
        await DotnetAsync(
            Path.Combine(place.Path, "samples", "SpeakConsole"),
            "build",
            "-warnaserror",
            $"-p:DictationClientVersion={version}",
            $"-p:RestorePackagesPath={Path.Combine(place.Path, "packages")}",
            $"-p:RestoreFallbackFolders={packages.Split(": ", 2)[1].Trim()}");
    }

    [OneTimeTearDown]
    public async Task Leave()
    {
        await server.DisposeAsync();
        place.Dispose();
    }

    [Test]
    public async Task AText_IsSpoken_WithProgress_IntoAFile([Values] bool fromFile)
    {
        var source = Path.Combine(place.Path, "text.txt");
        var output = Path.Combine(place.Path, $"{fromFile}.wav");
        await File.WriteAllTextAsync(source, Text);

        var (code, printed, progress) = await RunAsync([.. fromFile ? ["--file", source] : (string[])[Text], "--output", output, "--server", server.Http.BaseAddress!.ToString()]);
        Assert.Multiple(() =>
        {
            Assert.That((code, printed.Trim()), Is.EqualTo((0, output)), progress);
            Assert.That(progress, Does.Contain("100"));
        });
        using var transcriber = new SpeechTranscriber();
        Assert.That(transcriber.ErrorRate([Text], [new WavFile(await File.ReadAllBytesAsync(output)).Samples]), Is.LessThan(0.15));
    }

    [TestCase(2, "SpeakConsole <text>", new string[0])]
    [TestCase(2, "text.missing", new[] { "--file", "text.missing" })]
    [TestCase(1, "'text' is required and must not be blank.", new[] { " " })]
    [TestCase(1, "refused", new[] { "Hei.", "--server", "http://127.0.0.1:9" })]
    public async Task WhatGoesWrong_IsSaidInASentence(int expected, string sentence, string[] arguments)
    {
        var given = arguments.Contains("--server") ? arguments : [.. arguments, .. arguments.Length == 0 ? [] : (string[])["--server", server.Http.BaseAddress!.ToString()]];
        var (code, _, error) = await RunAsync(given);
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(expected), error);
            Assert.That(error, Does.Contain(sentence).And.Not.Contains("   at "));
        });
    }

    private static string Configuration => typeof(SampleTests).Assembly.Location.Split(Path.DirectorySeparatorChar)[^3];

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments) => ChildProgram.RunAsync("dotnet", [Program, .. arguments], place.Path);

    private static async Task<string> DotnetAsync(string directory, params string[] arguments)
    {
        var (code, output, error) = await ChildProgram.RunAsync("dotnet", arguments, directory);
        Assert.That(code, Is.Zero, $"dotnet {string.Join(' ', arguments)}\n{output}\n{error}");
        return output;
    }
}
