using ArchUnitNET.Domain;
using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>
/// The folders of a project do not depend on each other in a circle, nor does a folder on those inside it that depend on it, so that each can be
/// read after those that it builds on. Namespaces are folders. Dependencies are read from the compiled code, bodies of methods included.
/// </summary>
public sealed class FolderCycleTests
{
    private Architecture built = null!;

    /// <summary>Namespaces with more than one below them.</summary>
    private static IEnumerable<string> Parents => DictationAssemblies.All
        .SelectMany(a => a.GetTypes())
        .SelectMany(t => Prefixes(t.Namespace ?? ""))
        .Where(n => n.StartsWith("Dictation.", StringComparison.Ordinal))
        .Distinct()
        .GroupBy(n => n[..n.LastIndexOf('.')])
        .Where(g => g.Count() > 1 && g.Key.Contains('.', StringComparison.Ordinal))
        .Select(g => g.Key)
        .Order(StringComparer.Ordinal);

    [OneTimeSetUp]
    public void Read() => built = new ArchLoader().LoadAssemblies(DictationAssemblies.All).Build();

    [OneTimeTearDown]
    public void Forget() => built = null!;

    [TestCaseSource(nameof(Parents))]
    public void Folders_BelowANamespace_AreFreeOfCycles(string parent) => Assert.That(Cycles(built, parent), Is.Empty);

    /// <summary>Guards the rule against looking at nothing.</summary>
    [Test]
    public void Parents_ThatAreRead_AreThoseOfTheProjects() =>
        Assert.That(Parents.ToList(), Is.SupersetOf(["Dictation.Application", "Dictation.Domain", "Dictation.Infrastructure", "Dictation.Infrastructure.Tts", "Dictation.Speech", "Dictation.WebApi"]));

    [Test]
    public void Folders_ThatNeedEachOther_AreFound()
    {
        var planted = new ArchLoader().LoadAssembly(typeof(FolderCycleTests).Assembly).Build();
        Assert.That(Cycles(planted, "Dictation.WebApi.FunctionalTests.Planted"), Is.Not.Empty);
    }

    private static IEnumerable<string> Prefixes(string name)
    {
        for (var end = name.Length; end > 0; end = name.LastIndexOf('.', end - 1))
        {
            yield return name[..end];
        }
    }

    private static IEnumerable<string> Cycles(Architecture architecture, string parent) => SliceRuleDefinition
        .Slices().Matching($"{parent}.(*)..").Should().BeFreeOfCycles()
        .Evaluate(architecture).Where(r => !r.Passed).Select(r => r.Description);
}
