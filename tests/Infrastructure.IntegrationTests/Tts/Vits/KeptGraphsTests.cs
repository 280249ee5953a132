using System.Text.Json.Nodes;
using Dictation.Infrastructure.IntegrationTests.Tts.Voices;
using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Vits;
using Dictation.Infrastructure.Tts.Voices;
using Google.Protobuf;
using Onnx;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Vits;

/// <summary>A voice's folder may come with graphs that another service is said to have kept there. What this service would not write is written again.</summary>
public sealed class KeptGraphsTests
{
    private const string Text = "hyvää päivää", Secret = "secret.onnx";

    private static readonly Dictionary<string, Action<string>> Changes = new()
    {
        ["a part is a link out"] = folder =>
        {
            var part = Path.Combine(folder, "text.onnx");
            File.Move(part, Path.Combine(Outside(folder), Secret));
            File.CreateSymbolicLink(part, Path.Combine(Outside(folder), Secret));
        },
        ["a part is cut off"] = folder => File.WriteAllBytes(Path.Combine(folder, "generator.onnx"), File.ReadAllBytes(Path.Combine(folder, "generator.onnx"))[..1000]),
        ["a part is not there"] = folder => File.Delete(Path.Combine(folder, "text.onnx")),
        ["weights outside"] = folder => Edit(folder, graph => graph.Initializer[0].ExternalData.Add(new StringStringEntryProto { Key = "location", Value = $"../../../{Secret}" })),
        ["a cycle"] = folder => Edit(folder, graph => graph.Node[0].Input.Add(graph.Node[0].Output[0])),
        ["too many channels"] = folder => EditPlan(folder, plan => plan["Channels"] = int.MaxValue),
        ["no channels"] = folder => EditPlan(folder, plan => plan["Channels"] = 0),
        ["a reach without end"] = folder => EditPlan(folder, plan => plan["Left"] = int.MaxValue),
        ["no latents"] = folder => EditPlan(folder, plan => plan["Latents"] = null),
        ["no plan"] = folder => File.WriteAllText(Path.Combine(folder, "plan.json"), "[]"),
        ["an endless plan"] = folder => File.WriteAllText(Path.Combine(folder, "plan.json"), new string(' ', 1 << 20)),
    };

    private TemporaryDirectory _directory = null!;
    private string _folder = null!;
    private float[] _samples = null!;

    private static IEnumerable<string> ChangeNames => Changes.Keys;

    [OneTimeSetUp]
    public void SetUp()
    {
        _directory = new TemporaryDirectory();
        _folder = LayoutFolder.Copy(LayoutFolder.Source("optimum-vits-tiny-quiet"), _directory.Path);
        _samples = Speak();
    }

    [OneTimeTearDown]
    public void TearDown() => _directory.Dispose();

    [TestCaseSource(nameof(ChangeNames))]
    [Platform(Exclude = "Win", Reason = "Links need rights there.")]
    public void Load_GraphsThatWereChanged_WritesThemAgain(string change)
    {
        var kept = Directory.GetDirectories(Path.Combine(_folder, VitsGraphStore.Folder)).Single();
        Changes[change](kept);
        var marker = Path.Combine(kept, "marker");
        File.WriteAllText(marker, "");

        var samples = Speak();

        Assert.Multiple(() =>
        {
            Assert.That(samples, Is.EqualTo(_samples));
            Assert.That(File.Exists(marker), Is.False, "written again");
            Assert.That(new FileInfo(Path.Combine(kept, "text.onnx")).LinkTarget, Is.Null);
        });
    }

    private static string Outside(string kept) => Path.GetFullPath(Path.Combine(kept, "..", "..", ".."));

    private static void Edit(string folder, Action<GraphProto> change)
    {
        var part = Path.Combine(folder, "text.onnx");
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(part));
        change(model.Graph);
        File.WriteAllBytes(part, model.ToByteArray());
    }

    private static void EditPlan(string folder, Action<JsonNode> change)
    {
        var file = Path.Combine(folder, "plan.json");
        var plan = JsonNode.Parse(File.ReadAllBytes(file))!;
        change(plan["Plan"]!);
        File.WriteAllText(file, plan.ToJsonString());
    }

    private float[] Speak()
    {
        using var voice = InstalledVoice.Read(_folder).Load(SpeechTestBed.Loading(new TtsOptions { Threads = 1 }));
        return SpeechTestBed.Samples(voice, Text);
    }
}
