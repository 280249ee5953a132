using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>Each platform gets its own native library of ONNX Runtime, and one that has none is refused.</summary>
[Category("Programs")]
public sealed class PublishTests
{
    /// <summary>Of a file's head: what it is for.</summary>
    private static readonly Dictionary<string, (string File, int At, byte[] Bytes)> Libraries = new()
    {
        // ELF: the machine at 18; 62 is x86-64, 183 is AArch64.
        ["linux-x64"] = ("libonnxruntime.so", 16, [3, 0, 62, 0]),
        ["linux-arm64"] = ("libonnxruntime.so", 16, [3, 0, 183, 0]),

        // Mach-O, 64 bits, little-endian; the CPU's type at 4: 0x0100000C is ARM64.
        ["osx-arm64"] = ("libonnxruntime.dylib", 0, [0xCF, 0xFA, 0xED, 0xFE, 0x0C, 0, 0, 1]),

        // PE: the header's offset at 60, the machine behind "PE\0\0"; 0x8664 is x86-64.
        ["win-x64"] = ("onnxruntime.dll", -1, [(byte)'P', (byte)'E', 0, 0, 0x64, 0x86]),
    };

    private readonly TemporaryDirectory directory = new();

    private static IEnumerable<string> Platforms => Libraries.Keys;

    [OneTimeTearDown]
    public void TearDown() => directory.Dispose();

    /// <summary>
    /// Reads the files that publishing would copy, as MSBuild lists them: copying them needs every project compiled for each platform, and shows no
    /// more.
    /// </summary>
    [TestCaseSource(nameof(Platforms))]
    public async Task Publish_ForAPlatform_CarriesTheNativeLibrariesOfThatPlatform(string platform)
    {
        var (library, at, bytes) = Libraries[platform];
        var (exitCode, output, error) = await ChildProgram.RunAsync(
            "dotnet",
            [
                "msbuild", "src/WebApi", "-restore", "-t:ComputeResolvedFilesToPublishList", "-getItem:ResolvedFileToPublish", "-p:Configuration=Release",
                $"-p:RuntimeIdentifier={platform}", "-p:SelfContained=false", "-p:StaticWebAssetsEnabled=false",
                "-p:UseArtifactsOutput=true", $"-p:ArtifactsPath={Path.Combine(directory.Path, platform)}/",
            ]);
        Assert.That(exitCode, Is.Zero, output + error);

        var files = JsonNode.Parse(output)!["Items"]!["ResolvedFileToPublish"]!.AsArray().ToDictionary(f => f!.Text("RelativePath"), f => f!.Text("FullPath"));
        string[] native = [".so", ".dylib", ".dll"];
        var onnxRuntimes = files.Keys.Where(f => Path.GetFileName(f).Contains("onnxruntime.", StringComparison.Ordinal) && native.Contains(Path.GetExtension(f)));
        Assert.That(onnxRuntimes, Is.EqualTo((string[])[library]), "no other platform's");
        var sqlite = files.Keys.Single(f => Path.GetFileNameWithoutExtension(f) is "e_sqlite3" or "libe_sqlite3");
        foreach (var file in (string[])[library, sqlite])
        {
            var head = await File.ReadAllBytesAsync(files[file]);
            var start = at >= 0 ? at : BitConverter.ToInt32(head.AsSpan(60, 4));
            Assert.That(head.AsSpan(start, bytes.Length).ToArray(), Is.EqualTo(bytes), file);
        }
    }

    [TestCase("linux-musl-x64", "ONNX Runtime is built against glibc, not musl. Publish for linux-x64")]
    [TestCase("linux-musl-arm64", "not musl")]
    [TestCase("linux-riscv64", "Microsoft.ML.OnnxRuntime has no native library for linux-riscv64. It has one for each of: linux-x64;")]
    public async Task Publish_ForAPlatformWithoutALibrary_FailsWithASentence(string platform, string sentence)
    {
        var output = Path.Combine(directory.Path, platform);
        var (exitCode, said, _) = await ChildProgram.RunAsync(
            "dotnet", ["publish", "src/WebApi", "-r", platform, "-o", output, "--artifacts-path", Path.Combine(directory.Path, "artifacts")]);
        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(said, Does.Contain(sentence));
        Assert.That(Directory.Exists(output), Is.False);
    }

    /// <summary>Which package a build takes, as MSBuild evaluates the project; Windows is told by the property that stands for it.</summary>
    [TestCase("", "Microsoft.ML.OnnxRuntime")]
    [TestCase("-p:RuntimeIdentifier=win-x64", "Microsoft.ML.OnnxRuntime")]
    [TestCase("-p:RuntimeIdentifier=win-x64 -p:OnnxRuntimeBuildsOnWindows=true", "Microsoft.ML.OnnxRuntime.DirectML")]
    [TestCase("-p:RuntimeIdentifier=win-arm64 -p:OnnxRuntimeBuildsOnWindows=true", "Microsoft.ML.OnnxRuntime.DirectML")]
    [TestCase("-p:RuntimeIdentifier=linux-x64 -p:OnnxRuntimeBuildsOnWindows=true", "Microsoft.ML.OnnxRuntime")]
    [TestCase("-p:OnnxRuntimeBuildsOnWindows=true", "Microsoft.ML.OnnxRuntime")]
    [TestCase("-p:OnnxRuntimeGpu=true -p:RuntimeIdentifier=linux-x64", "Microsoft.ML.OnnxRuntime.Gpu.Linux")]
    [Platform("Linux", Reason = "On Windows the first two differ.")]
    public async Task Build_OnAndForAPlatform_TakesItsPackage(string properties, string package)
    {
        var (exitCode, output, error) = await ChildProgram.RunAsync(
            "dotnet", ["msbuild", "src/Infrastructure/Infrastructure.csproj", "-getItem:PackageReference", .. properties.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.That(exitCode, Is.Zero, output + error);
        var packages = JsonNode.Parse(output)!["Items"]!["PackageReference"]!.AsArray().Select(p => p!.Text("Identity"));
        Assert.That(packages.Where(p => p.StartsWith("Microsoft.ML", StringComparison.Ordinal)), Is.EqualTo((string[])[package]));
    }
}
