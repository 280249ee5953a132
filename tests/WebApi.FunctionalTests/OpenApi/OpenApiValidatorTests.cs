using System.Text.Json.Nodes;
using Dictation.WebApi.FunctionalTests.Support;

namespace Dictation.WebApi.FunctionalTests.OpenApi;

/// <summary>The document, judged by a validator that shares no code with what wrote it; redocly.yaml tells by which rules.</summary>
public sealed class OpenApiValidatorTests
{
    private const string Golden = "docs/openapi.json";

    [Test]
    public async Task Document_ToAnIndependentValidator_HasNoProblem()
    {
        var (exitCode, problems) = await LintAsync(Repository.File(Golden));
        Assert.That(problems, Is.Empty);
        Assert.That(exitCode, Is.Zero);
    }

    /// <summary>Guards against a validator that looks at nothing, or at no references.</summary>
    [Test]
    public async Task Document_WithAReferenceToNothing_Fails()
    {
        using var directory = new TemporaryDirectory();
        var broken = Path.Combine(directory.Path, "broken.json");
        var document = await File.ReadAllTextAsync(Repository.File(Golden));
        await File.WriteAllTextAsync(broken, document.Replace("\"#/components/schemas/ConvertText\"", "\"#/components/schemas/Nothing\"", StringComparison.Ordinal));
        var (exitCode, problems) = await LintAsync(broken);
        Assert.That(problems, Is.Not.Empty.And.All.StartsWith("no-unresolved-refs"));
        Assert.That(exitCode, Is.EqualTo(1));
    }

    private static async Task<(int ExitCode, IReadOnlyList<string> Problems)> LintAsync(string document)
    {
        // Neither figures about its use nor a question for newer versions leave this machine.
        var (exitCode, output, error) = await NodeTools.RunAsync(
            ["node_modules/@redocly/cli/bin/cli.js", "lint", document, "--config", "redocly.yaml", "--format", "json"],
            environment: new() { ["REDOCLY_TELEMETRY"] = "off", ["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true" });
        Assert.That(output, Does.StartWith("{"), error);
        return (exitCode, [.. JsonNode.Parse(output)!.List("problems").Select(p => $"{p.Text("ruleId")}: {p.Text("message")} {p["location"]![0]!["pointer"]}")]);
    }
}
