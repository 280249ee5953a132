using Dictation.Infrastructure.Tts;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;
using Google.Protobuf;
using Onnx;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Voices;

/// <summary>
/// Models that are broken, or made to harm: one sentence each, before ONNX Runtime sees them, in bounded memory. Others measure memory beside them, so
/// these run alone.
/// </summary>
[NonParallelizable]
public sealed class HostileModelTests
{
    private const string Layout = "optimum-vits-tiny-quiet", Secret = "secret.bin";

    private static readonly Dictionary<string, Action<ModelProto>> Cycles = new()
    {
        ["its own output"] = m => m.Graph.Node[0].Input.Add(m.Graph.Node[0].Output[0]),
        ["the network's output"] = m => m.Graph.Node[0].Input.Add(m.Graph.Output[0].Name),
        ["in a subgraph"] = m => m.Graph.Node[0].Attribute.Add(Branch(Node(["a"], ["b"]), Node(["b"], ["a"]))),
        ["through a subgraph"] = m => m.Graph.Node[0].Attribute.Add(Branch(Node([m.Graph.Output[0].Name], ["inner"]))),
        ["through a subgraph of a subgraph"] = m =>
            m.Graph.Node[0].Attribute.Add(Branch(new NodeProto { Output = { "a" }, Attribute = { Branch(Node([m.Graph.Output[0].Name], ["b"])) } })),
    };

    private static readonly Dictionary<string, Action<ModelProto, TensorProto>> Places = new()
    {
        ["weight"] = (m, t) => m.Graph.Initializer.Add(t),
        ["attribute"] = (m, t) => m.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "value", T = t }),
        ["list in an attribute"] = (m, t) => m.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "values", Tensors = { t } }),
        ["sparse weight"] = (m, t) => m.Graph.SparseInitializer.Add(new SparseTensorProto { Values = t }),
        ["indices of a sparse weight"] = (m, t) => m.Graph.SparseInitializer.Add(new SparseTensorProto { Indices = t }),
        ["sparse attribute"] = (m, t) => m.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "value", SparseTensor = new SparseTensorProto { Values = t } }),
        ["subgraph"] = (m, t) => m.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "body", G = new GraphProto { Initializer = { t } } }),
        ["list of subgraphs"] = (m, t) => m.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "bodies", Graphs = { new GraphProto { Initializer = { t } } } }),
        ["attribute in a subgraph"] = (m, t) =>
            m.Graph.Node[0].Attribute.Add(Branch(new NodeProto { Output = { "a" }, Attribute = { new AttributeProto { Name = "value", T = t } } })),
    };

    private TemporaryDirectory _directory = null!;

    private static IEnumerable<string> CycleNames => Cycles.Keys;

    private static IEnumerable<string> PlaceNames => Places.Keys;

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [TestCaseSource(nameof(CycleNames))]
    public void Read_GraphWithACycle_SaysSo(string where) => RefusedVoice.Refused(Voice(Cycles[where]), "cycle");

    [Test]
    public void Read_NodesOutOfOrder_AreTaken()
    {
        var folder = Voice(m =>
        {
            var nodes = m.Graph.Node.Reverse().ToList();
            m.Graph.Node.Clear();
            m.Graph.Node.Add(nodes);
        });

        Assert.That(InstalledVoice.Read(folder).Voice.Language, Is.EqualTo("fi"));
    }

    [Test]
    public void Read_WeightsOutsideTheFolder_SaysSo([ValueSource(nameof(PlaceNames))] string place)
    {
        var folder = Voice(m => Places[place](m, External($"../{Secret}")));

        RefusedVoice.Refused(folder, Secret);
    }

    [Test]
    public void Read_WeightsOfAFunctionOutsideTheFolder_SaysSo()
    {
        // FunctionProto.node, in ModelProto.functions.
        var node = Node([], ["a"]);
        node.Attribute.Add(new AttributeProto { Name = "value", T = External($"../{Secret}") });
        var folder = Voice(_ => { });
        File.AppendAllBytes(Model(folder), LayoutFolder.Field(25, LayoutFolder.Field(7, node.ToByteArray())));

        RefusedVoice.Refused(folder, Secret);
    }

    [TestCase("/etc/passwd")]
    [TestCase("..")]
    [TestCase(".")]
    [TestCase("")]
    [TestCase("sub/weights.bin")]
    [TestCase("..\\secret.bin")]
    [TestCase("missing.bin")]
    [TestCase("link.bin", Description = "a link to the secret")]
    [TestCase("weights.bin", "offset", "-1")]
    [TestCase("weights.bin", "offset", "17")]
    [TestCase("weights.bin", "length", "17")]
    [TestCase("weights.bin", "length", "99999999999999999999")]
    [TestCase("weights.bin", "length", "x")]
    public void Read_WeightsThatAreNotThere_SaysSo(string location, string? setting = null, string value = "")
    {
        var folder = Voice(m => m.Graph.Initializer.Add(External(location, setting, value)));
        File.WriteAllBytes(Path.Combine(folder, "weights.bin"), new byte[16]);
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(Path.Combine(folder, "link.bin"), Path.Combine("..", Secret));
        }

        RefusedVoice.Refused(folder, "");
    }

    [Test]
    public void Read_ManyWeightsOfOneFile_SaysSo()
    {
        var folder = Voice(m => m.Graph.Initializer.Add(Enumerable.Range(0, 1000).Select(_ => External("weights.bin"))));
        File.WriteAllBytes(Path.Combine(folder, "weights.bin"), new byte[16]);

        RefusedVoice.Refused(folder, "more weights");
    }

    [Test]
    public void Speak_WeightsBesideTheModel_SaysTheSame()
    {
        var whole = Voice(_ => { }, "whole");
        var parted = Voice(Part, "parted");
        var before = InstalledVoice.Read(parted);
        using var one = InstalledVoice.Read(whole).Load(SpeechTestBed.Loading(new TtsOptions { Threads = 1 }));
        using var other = before.Load(SpeechTestBed.Loading(new TtsOptions { Threads = 1 }));
        Assert.That(SpeechTestBed.Samples(other, "hyvää päivää"), Is.EqualTo(SpeechTestBed.Samples(one, "hyvää päivää")));
        Assert.That(before.ModelBytes, Is.GreaterThan(new FileInfo(before.ModelPath).Length));

        File.AppendAllText(Path.Combine(parted, "model.onnx_data"), "more");
        Assert.That(InstalledVoice.Read(parted).Voice.ModelHash, Is.Not.EqualTo(before.Voice.ModelHash));

        void Part(ModelProto model)
        {
            using var file = File.Create(Path.Combine(Directory.CreateDirectory(Path.Combine(_directory.Path, "parted")).FullName, "model.onnx_data"));
            foreach (var weight in model.Graph.Initializer.Where(w => w.RawData.Length > 1000))
            {
                weight.ExternalData.Add(new[] { ("location", "model.onnx_data"), ("offset", $"{file.Position}"), ("length", $"{weight.RawData.Length}") }
                    .Select(s => new StringStringEntryProto { Key = s.Item1, Value = s.Item2 }));
                weight.DataLocation = TensorProto.Types.DataLocation.External;
                weight.RawData.WriteTo(file);
                weight.RawData = ByteString.Empty;
            }

            Assert.That(file.Length, Is.GreaterThan(1000));
        }
    }

    [TestCase(1L << 40)]
    [TestCase(-1)]
    [TestCase(long.MaxValue, 4)]
    [TestCase(1L << 32, 1L << 32)]
    public void Read_TensorLargerThanItsData_SaysSo(params long[] sizes) =>
        RefusedVoice.Refused(
            Voice(m => m.Graph.Initializer.Add(new TensorProto { Name = "a", DataType = 1, Dims = { sizes }, RawData = ByteString.CopyFrom(new byte[64]) })),
            "tensor");

    [Test]
    public void Read_GraphsDeepInEachOther_SaysSo()
    {
        var graph = new GraphProto();
        for (var i = 0; i < 60; i++)
        {
            graph = new GraphProto { Node = { new NodeProto { Output = { "a" }, Attribute = { new AttributeProto { Name = "body", G = graph } } } } };
        }

        RefusedVoice.Refused(Voice(m => m.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "body", G = graph })), "deep");
    }

    [Test]
    public void Read_MillionsOfNodes_SaysSo() => RefusedVoice.Refused(
        Voice(m => m.Graph.Node.Add(Enumerable.Repeat(Node(["a"], ["b"]), 200_000))), "larger network");

    [Test]
    public void Read_EndlessNames_SaysSo() => RefusedVoice.Refused(Voice(m => m.Graph.Node[0].Input.Add(new string('a', 1 << 20))), "name");

    [Test]
    public void Read_NamesWithLineBreaks_ShowsThemInOneLine() => RefusedVoice.Refused(Voice(m =>
    {
        m.Graph.Input.Clear();
        m.Graph.Input.Add(new ValueInfoProto { Name = "a\nb\u2028c" });
    }), "no input input_ids");

    [Test]
    public void Read_InputOfAnotherKind_SaysSo()
    {
        RefusedVoice.Refused(Voice(m => m.Graph.Input[0].Type.TensorType.ElemType = 1), "Int64");
        RefusedVoice.Refused(Voice(m => m.Graph.Input[0].Type.TensorType.Shape.Dim.RemoveAt(0)), "1 dimensions");
        RefusedVoice.Refused(Voice(m => m.Graph.Output[0].Type.TensorType.ElemType = 7), "Float");
        RefusedVoice.Refused(Voice(m => m.Graph.Input.Add(new ValueInfoProto { Name = "langid" })), "langid");
    }

    [Test]
    public void Read_ModelCutOffAnywhere_SaysSo()
    {
        var random = Seed.Random(3);
        var folder = Voice(_ => { });
        var whole = File.ReadAllBytes(Model(folder));
        for (var run = 0; run < 40; run++)
        {
            File.WriteAllBytes(Model(folder), whole[..random.Next(whole.Length - 100)]);
            RefusedVoice.Refused(folder, "model.onnx");
        }
    }

    [Test]
    public void Voices_BesideAHostileOne_Speak()
    {
        Voice(Cycles["the network's output"], "hostile");
        Voice(_ => { }, "good");
        using var bed = new SpeechTestBed(new TtsOptions { Device = OnnxDevice.Cpu, Threads = 1, VoicesDirectory = _directory.Path });

        Assert.That(bed.Catalog.Problems.Select(p => p.Folder), Is.EqualTo(new[] { "hostile" }));
        Assert.That(bed.Speak("hyvää päivää", voice: "good").Wav.Samples, Is.Not.Empty);
    }

    /// <summary>What only ONNX Runtime can tell is told by the first text, and the voice is not offered more than that.</summary>
    [Test]
    public void Load_OperatorThatIsNone_IsOneSentence()
    {
        var voice = InstalledVoice.Read(Voice(m => m.Graph.Node.First(n => n.OpType == "Ceil").OpType = "Spoil"));

        Assert.That(() => voice.Load(SpeechTestBed.Loading(new TtsOptions { Threads = 1 })), Throws.TypeOf<VoiceException>());
    }

    [TestCase("Conv")]
    [TestCase("Where")]
    [TestCase("Ceil")]
    [TestCase("RandomNormalLike")]
    [TestCase("ConvTranspose")]
    [TestCase("Gather")]
    public void Load_NodesWithoutInputsAndOutputs_IsOneSentence(string operation)
    {
        var voice = InstalledVoice.Read(Voice(m =>
        {
            foreach (var node in m.Graph.Node.Where(n => n.OpType == operation))
            {
                node.Input.Clear();
                node.Attribute.Clear();
            }

            m.Graph.Node.Insert(0, new NodeProto { OpType = operation });
        }));

        Assert.That(() => voice.Load(SpeechTestBed.Loading(new TtsOptions { Threads = 1 })), Throws.TypeOf<VoiceException>());
    }

    private static string Model(string folder) => Path.Combine(folder, "model.onnx");

    private static NodeProto Node(string[] inputs, string[] outputs) => new() { OpType = "Sum", Input = { inputs }, Output = { outputs } };

    private static AttributeProto Branch(params NodeProto[] nodes) => new() { Name = "then_branch", G = new GraphProto { Node = { nodes } } };

    private static TensorProto External(string location, string? setting = null, string value = "")
    {
        var tensor = new TensorProto { Name = "stolen", DataType = 1, Dims = { 4 }, DataLocation = TensorProto.Types.DataLocation.External };
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        if (setting is not null)
        {
            tensor.ExternalData.Add(new StringStringEntryProto { Key = setting, Value = value });
        }

        return tensor;
    }

    private string Voice(Action<ModelProto> change, string name = "voice")
    {
        File.WriteAllBytes(Path.Combine(_directory.Path, Secret), new byte[16]);
        var folder = LayoutFolder.Copy(LayoutFolder.Source(Layout), _directory.Path, name);
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Model(folder)));
        change(model);
        File.WriteAllBytes(Model(folder), model.ToByteArray());
        return folder;
    }
}
