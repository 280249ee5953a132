using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>An installation whose native library of ONNX Runtime was lost, cut off or copied from another platform.</summary>
[Platform("Linux", Reason = "The library has other names elsewhere.")]
public sealed class NativeLibraryTests
{
    private TemporaryDirectory root = null!;

    [SetUp]
    public void SetUp() => root = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => root.Dispose();

    [Test]
    public async Task Start_WithoutAUsableLibrary_EndsWithOneSentence([Values("missing", "empty", "for another platform")] string state)
    {
        var (exitCode, output, error) = await RunAsync(Install(state));
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output + error, Does.Match(@"\ADictation cannot start\. ONNX Runtime's native library cannot be loaded: it is missing, damaged or not built for [^\n]+\n\z"));
    }

    [TestCase("voices", "list")]
    [TestCase("voices", "verify")]
    [TestCase("keys", "new", "website", "read")]
    public async Task Command_WithoutTheLibrary_Works(params string[] arguments)
    {
        var (exitCode, _, error) = await RunAsync(Install("missing"), arguments);
        Assert.That(exitCode, Is.Zero, error);
    }

    /// <summary>The program as it was built, in a folder of its own whose native library is spoilt.</summary>
    private string Install(string state)
    {
        var from = Path.GetDirectoryName(ServerProcess.Built)!;
        var to = Path.Combine(root.Path, "program");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(f => !Path.GetFileName(f).Contains("onnxruntime.", StringComparison.Ordinal)))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var architecture = System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        var library = Path.Combine("runtimes", $"linux-{architecture}", "native", "libonnxruntime.so");
        if (state == "empty")
        {
            File.WriteAllBytes(Path.Combine(to, library), []);
        }
        else if (state == "for another platform")
        {
            File.Copy(Path.Combine(from, library.Replace(architecture, architecture == "x64" ? "arm64" : "x64", StringComparison.Ordinal)), Path.Combine(to, library));
        }

        return Path.Combine(to, Path.GetFileName(ServerProcess.Built));
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(string program, params string[] arguments) =>
        ChildProgram.RunAsync("dotnet", [program, .. arguments], root.Path, new() { ["PORT"] = "0", ["DATA_DIR"] = Path.Combine(root.Path, "data") });
}
