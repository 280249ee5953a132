using System.Reflection;
using System.Xml.Linq;

namespace Dictation.Client.UnitTests;

/// <summary>What the package promises beyond its code.</summary>
public sealed class PackageTests
{
    private static readonly Assembly Sdk = typeof(IDictationClient).Assembly;

    [Test]
    public async Task GeneratedCode_WhenGeneratedAnew_IsTheCommittedCode()
    {
        using var directory = new TemporaryDirectory();
        var output = Path.Combine(directory.Path, "DictationClient.g.cs");
        var configuration = typeof(PackageTests).Assembly.Location.Split(Path.DirectorySeparatorChar)[^3];
        var generator = Repository.File($"build/ClientGenerator/bin/{configuration}/net10.0/Dictation.ClientGenerator.dll");
        var (exitCode, _, error) = await ChildProgram.RunAsync("dotnet", [generator, Repository.File("docs/openapi.json"), output]);
        Assert.That(exitCode, Is.Zero, error);
        Assert.That(await File.ReadAllTextAsync(output), Is.EqualTo(await File.ReadAllTextAsync(Repository.File("src/Client/DictationClient.g.cs"))), "src/Client/DictationClient.g.cs is written by the build: build and commit it.");
    }

    [Test]
    public void Assembly_NeedsNothingOfTheServer() =>
        Assert.That(Sdk.GetReferencedAssemblies().Select(a => a.Name), Has.None.StartsWith("Dictation").And.None.StartsWith("Microsoft.AspNetCore").And.None.StartsWith("Newtonsoft"));

    [Test]
    public void EverythingPublic_IsDocumented()
    {
        var documented = XDocument.Load(Path.ChangeExtension(Sdk.Location, ".xml")).Descendants("member")
            .Where(m => m.Elements("summary").Any(s => !string.IsNullOrWhiteSpace(s.Value)) || m.Elements("inheritdoc").Any())
            .Select(m => m.Attribute("name")!.Value.Split('(')[0].Split("``")[0])
            .ToHashSet();
        var members = Sdk.GetExportedTypes().SelectMany(t => t.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => m is MethodInfo { IsSpecialName: false } or PropertyInfo or FieldInfo { IsSpecialName: false } or ConstructorInfo && !IsGenerated(m))
            .Select(Name)
            .Append($"T:{t.FullName}")).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(members, Has.Count.GreaterThan(300));
            Assert.That(members.Where(m => !documented.Contains(m)), Is.Empty);
        });
    }

    [Test]
    public void Interface_TakesACancellationToken_InEveryMethod() => Assert.That(
        typeof(IDictationClient).GetMethods().Where(m => m.GetParameters() is not [.., { ParameterType: var last, IsOptional: true }] || last != typeof(CancellationToken) || !m.ReturnType.IsAssignableTo(typeof(Task))), Is.Empty);

    /// <summary>A class without constructors has one, of which there is nothing to say.</summary>
    private static bool IsGenerated(MemberInfo member) => member is ConstructorInfo { DeclaringType: { } type } constructor && constructor.GetParameters().Length == 0 && type.GetConstructors().Length == 1;

    private static string Name(MemberInfo member) => $"{member switch { PropertyInfo => 'P', FieldInfo => 'F', _ => 'M' }}:{member.DeclaringType!.FullName}.{(member is ConstructorInfo ? "#ctor" : member.Name)}";
}
