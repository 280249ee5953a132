using System.Reflection;
using Dictation.Application;
using Dictation.Application.Tts;

namespace Dictation.WebApi.FunctionalTests;

/// <summary>
/// Which assembly may name which, read from what the compiler wrote down. Each rule is shown to fail when it is broken. A reference is
/// only there when a type of it is used, so project files that promise more than the code needs do not count.
/// </summary>
public sealed class ArchitectureTests
{
    private const string DomainName = "Dictation.Domain";
    private const string SpeechName = "Dictation.Speech";
    private const string ApplicationName = "Dictation.Application";
    private const string EspeakName = "Dictation.Espeak";
    private const string InfrastructureName = "Dictation.Infrastructure";
    private const string WebApiName = "Dictation.WebApi";
    private const string PortsNamespace = $"{ApplicationName}.Abstractions";

    // Databases and the runtime of the voices, by the beginnings of their assemblies' names.
    private static readonly string[] InfrastructureOnly =
        ["Microsoft.EntityFrameworkCore", "Microsoft.Data.SqlClient", "Microsoft.Data.Sqlite", "Microsoft.ML.OnnxRuntime", "SQLitePCLRaw"];

    // What the pure code may use beside the framework.
    private static readonly string[] SpeechOwn = ["Humanizer", "System.Numerics.Tensors"];

    private static readonly Dictionary<string, string[]> Inwards = new()
    {
        [DomainName] = [],
        [SpeechName] = [DomainName],
        [ApplicationName] = [SpeechName, DomainName],
        [EspeakName] = [],
        [InfrastructureName] = [ApplicationName, SpeechName, DomainName, EspeakName],
        [WebApiName] = [InfrastructureName, ApplicationName, SpeechName, DomainName],
    };

    private static readonly TestCaseData[] Broken =
    [
        Case("Domain names Application", DependenciesPointInwards, new(DomainName, [ApplicationName])),
        Case("Application names Infrastructure", DependenciesPointInwards, new(ApplicationName, [InfrastructureName])),
        Case("Infrastructure names WebApi", DependenciesPointInwards, new(InfrastructureName, [WebApiName])),
        Case("Speech names Application", DependenciesPointInwards, new(SpeechName, [ApplicationName])),
        Case("Speech names a package of the host", SpeechIsPure, new(SpeechName, ["Microsoft.Extensions.Logging.Abstractions"])),
        Case("Speech names MediatR", SpeechIsPure, new(SpeechName, ["MediatR"])),
        Case("Speech names ONNX Runtime", SpeechIsPure, new(SpeechName, ["Microsoft.ML.OnnxRuntime"])),
        Case("The process of espeak-ng names Domain", DependenciesPointInwards, new(EspeakName, [DomainName])),
        Case("WebApi names the process of espeak-ng", DependenciesPointInwards, new(WebApiName, [EspeakName])),
        Case("Domain names a package", DomainNamesTheFrameworkAlone, new(DomainName, ["System.Runtime", "MediatR"])),
        Case("Domain names an extension", DomainNamesTheFrameworkAlone, new(DomainName, ["Microsoft.Extensions.Logging.Abstractions"])),
        Case("Application names EF Core", DatabasesAndVoicesAreInfrastructuresOwn, new(ApplicationName, ["Microsoft.EntityFrameworkCore.Relational"])),
        Case("Application names SQLite", DatabasesAndVoicesAreInfrastructuresOwn, new(ApplicationName, ["Microsoft.Data.Sqlite"])),
        Case("WebApi names EF Core", DatabasesAndVoicesAreInfrastructuresOwn, new(WebApiName, ["Microsoft.EntityFrameworkCore"])),
        Case("WebApi names SQLite", DatabasesAndVoicesAreInfrastructuresOwn, new(WebApiName, ["Microsoft.Data.Sqlite"])),
        Case("WebApi names SqlClient", DatabasesAndVoicesAreInfrastructuresOwn, new(WebApiName, ["Microsoft.Data.SqlClient"])),
        Case("WebApi names ONNX Runtime", DatabasesAndVoicesAreInfrastructuresOwn, new(WebApiName, ["Microsoft.ML.OnnxRuntime"])),
        Case("Application names ASP.NET", AspNetIsTheWebApisOwn, new(ApplicationName, ["Microsoft.AspNetCore.Http.Abstractions"])),
        Case("Infrastructure names ASP.NET", AspNetIsTheWebApisOwn, new(InfrastructureName, ["Microsoft.AspNetCore.Mvc.Core"])),
    ];

    private static readonly TestCaseData[] Rules =
    [
        Rule(nameof(DependenciesPointInwards), DependenciesPointInwards),
        Rule(nameof(DomainNamesTheFrameworkAlone), DomainNamesTheFrameworkAlone),
        Rule(nameof(SpeechIsPure), SpeechIsPure),
        Rule(nameof(DatabasesAndVoicesAreInfrastructuresOwn), DatabasesAndVoicesAreInfrastructuresOwn),
        Rule(nameof(AspNetIsTheWebApisOwn), AspNetIsTheWebApisOwn),
    ];

    [TestCaseSource(nameof(Rules))]
    public void Rule_OnTheAssembliesThatWereBuilt_Holds(Func<Node, IEnumerable<string>> rule) =>
        Assert.That(DictationAssemblies.All.Select(Read).SelectMany(n => rule(n).Select(r => $"{n.Name} → {r}")), Is.Empty);

    [TestCaseSource(nameof(Broken))]
    public void Rule_WhenBroken_Fails(Func<Node, IEnumerable<string>> rule, Node node) => Assert.That(rule(node), Is.Not.Empty);

    /// <summary>Guards the rules against looking at the wrong assemblies, which would let anything pass.</summary>
    [Test]
    public void Assemblies_ThatAreRead_NameWhatTheyMay()
    {
        var nodes = DictationAssemblies.All.Select(Read).ToDictionary(n => n.Name);
        Assert.Multiple(() =>
        {
            Assert.That(nodes.Keys, Is.EquivalentTo(Inwards.Keys));
            Assert.That(nodes[ApplicationName].References, Is.SupersetOf((string[])[SpeechName, DomainName]));
            Assert.That(nodes[SpeechName].References, Is.SupersetOf(SpeechOwn));
            Assert.That(nodes[InfrastructureName].References, Is.SupersetOf((string[])[ApplicationName, DomainName, "Microsoft.EntityFrameworkCore", "Microsoft.Data.SqlClient", "Microsoft.ML.OnnxRuntime"]));
            Assert.That(nodes[WebApiName].References, Is.SupersetOf((string[])[ApplicationName, InfrastructureName]).And.Some.StartWith("Microsoft.AspNetCore."));
        });
    }

    /// <summary>A use case knows its ports; no port knows a use case. Read from the signatures, and from the results that the ports declare.</summary>
    [Test]
    public void Ports_OfTheApplication_NameNoTypeOfAUseCase()
    {
        var ports = typeof(ApplicationServices).Assembly.GetTypes().Where(t => t.IsInterface && t.Namespace == PortsNamespace).ToList();
        Assert.That(ports, Has.Count.GreaterThan(10));
        Assert.That(ports.SelectMany(p => UseCaseTypes(p).Select(t => $"{p.Name} → {t}")), Is.Empty);
    }

    [TestCase(typeof(IPortThatNamesAUseCase))]
    [TestCase(typeof(IPortWhoseResultNamesAUseCase))]
    public void Port_ThatNamesATypeOfAUseCase_IsFound(Type port) => Assert.That(UseCaseTypes(port), Is.Not.Empty);

    private static IEnumerable<Type> UseCaseTypes(Type port)
    {
        var seen = new HashSet<Type>();
        var waiting = new Stack<Type>([port]);
        while (waiting.TryPop(out var type))
        {
            if (!seen.Add(type))
            {
                continue;
            }

            foreach (var part in type.IsGenericType ? type.GetGenericArguments() : type.HasElementType ? [type.GetElementType()!] : [])
            {
                waiting.Push(part);
            }

            if (type == port || type.Namespace == PortsNamespace || type.DeclaringType == port)
            {
                foreach (var named in type.GetMethods().SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)))
                {
                    waiting.Push(named);
                }
            }
        }

        return seen.Where(t => t.Namespace != PortsNamespace && t.Namespace?.StartsWith($"{ApplicationName}.", StringComparison.Ordinal) == true);
    }

    private static IEnumerable<string> DependenciesPointInwards(Node node) =>
        node.References.Where(r => Inwards.ContainsKey(r)).Except(Inwards[node.Name]);

    private static IEnumerable<string> DomainNamesTheFrameworkAlone(Node node) =>
        node.Name != DomainName ? [] : node.References.Where(r => !r.StartsWith("System.", StringComparison.Ordinal) && r != "netstandard");

    private static IEnumerable<string> SpeechIsPure(Node node) => node.Name != SpeechName
        ? []
        : node.References.Where(r => r != DomainName && !r.StartsWith("System.", StringComparison.Ordinal) && !SpeechOwn.Contains(r));

    private static IEnumerable<string> DatabasesAndVoicesAreInfrastructuresOwn(Node node) => node.Name == InfrastructureName
        ? []
        : node.References.Where(r => InfrastructureOnly.Any(i => r.StartsWith(i, StringComparison.Ordinal)));

    private static IEnumerable<string> AspNetIsTheWebApisOwn(Node node) =>
        node.Name == WebApiName ? [] : node.References.Where(r => r.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

    private static Node Read(Assembly assembly) => new(assembly.GetName().Name!, [.. assembly.GetReferencedAssemblies().Select(a => a.Name!)]);

    private static TestCaseData Rule(string name, Func<Node, IEnumerable<string>> rule) => new TestCaseData(rule).SetArgDisplayNames(name);

    private static TestCaseData Case(string name, Func<Node, IEnumerable<string>> rule, Node node) => new TestCaseData(rule, node).SetArgDisplayNames(name);

    private interface IPortThatNamesAUseCase
    {
        Task<IReadOnlyList<TtsTaskPage>> ListAsync(CancellationToken cancellationToken);
    }

    private interface IPortWhoseResultNamesAUseCase
    {
        Task<Result> ListAsync(CancellationToken cancellationToken);

        sealed record Result(TtsTaskPage Page);
    }

    /// <summary>An assembly and those that it names.</summary>
    public sealed record Node(string Name, IReadOnlyList<string> References);
}
