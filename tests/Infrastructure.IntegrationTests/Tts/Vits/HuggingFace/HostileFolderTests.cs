using System.Buffers.Binary;
using System.Text.Json;
using Dictation.Infrastructure.IntegrationTests.Tts.Voices;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Infrastructure.Tts.Voices;
using Dictation.Speech;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Vits.HuggingFace;

/// <summary>Files that are broken, or made to harm: one sentence each, in bounded memory. Others measure memory beside them, so these run alone.</summary>
[NonParallelizable]
public sealed class HostileFolderTests
{
    private const string Weights = VitsWeights.SingleFile, Config = VitsConfig.FileName, Index = VitsWeights.IndexFile;

    private TemporaryDirectory _directory = null!;

    private static IEnumerable<TestCaseData> Headers =>
    [
        Header("no file", ""),
        Header("empty object and nothing else", "{}"),
        Header("not JSON", "tensors"),
        Header("a list", "[]"),
        Header("200 levels", "{\"__metadata__\":" + new string('[', 200) + new string(']', 200) + "}"),
        Header("200 levels in a tensor", "{\"a\":{\"x\":" + new string('[', 200) + new string(']', 200) + "}}"),
        Header("no place", """{"a":{"dtype":"F32","shape":[1]}}"""),
        Header("place is a word", """{"a":{"dtype":"F32","shape":[1],"data_offsets":"0"}}"""),
        Header("place of one number", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4]}}"""),
        Header("end before begin", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"""),
        Header("beyond the end", """{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}"""),
        Header("far beyond the end", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[9223372036854775800,9223372036854775804]}}"""),
        Header("more than 64 bits", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,18446744073709551616]}}"""),
        Header("negative place", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}"""),
        Header("negative size", """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"""),
        Header("overlapping", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"""),
        Header("the same twice", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"""),
        Header("another size", """{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,8]}}"""),
        Header("a shape that overflows", """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,8]}}"""),
        Header("bytes that overflow", """{"a":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,8]}}"""),
        Header("unknown type whose shape overflows", """{"a":{"dtype":"Q1","shape":[4294967296,4294967296],"data_offsets":[0,8]}}"""),
        Header("many dimensions", """{"a":{"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]}}"""),
        Header("no number", """{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"""),
        Header("half a surrogate", """{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"""),
        Header("more behind it", "{} {}"),
    ];

    [SetUp]
    public void SetUp() => _directory = new TemporaryDirectory();

    [TearDown]
    public void TearDown() => _directory.Dispose();

    [TestCaseSource(nameof(Headers))]
    public void Read_BrokenHeader_SaysSo(string header)
    {
        var folder = MmsFolder.Copy("tiny", _directory.Path);
        File.WriteAllBytes(Path.Combine(folder, Weights), header.Length == 0 ? [] : Tensors.Bytes(header, data: 8));

        RefusedVoice.Refused(folder, header == "{}" ? "tensor" : Weights);
    }

    [TestCase(ulong.MaxValue)]
    [TestCase(1UL << 63)]
    [TestCase(1UL << 33)]
    [TestCase(9UL)]
    public void Read_HeaderLongerThanTheFile_SaysSo(ulong length)
    {
        var folder = MmsFolder.Copy("tiny", _directory.Path);
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        File.WriteAllBytes(Path.Combine(folder, Weights), bytes);

        RefusedVoice.Refused(folder, "header");
    }

    [Test]
    public void Read_AMillionTensors_SaysSo()
    {
        var folder = MmsFolder.Copy("tiny", _directory.Path);
        File.WriteAllBytes(Path.Combine(folder, Weights), Tensors.Bytes(Many(1_000_000)));
        RefusedVoice.Refused(folder, "header");

        File.WriteAllBytes(Path.Combine(folder, Weights), Tensors.Bytes(Many(100_001)));
        RefusedVoice.Refused(folder, "100000 tensors");

        static string Many(int count) => $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"{i}\":{{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}"))}}}";
    }

    [Test]
    public void Read_NameWithLineBreaks_ShowsItInOneLine()
    {
        var folder = MmsFolder.Copy("tiny", _directory.Path);
        var name = string.Concat(Enumerable.Repeat("a\n", 400));
        var header = JsonSerializer.Serialize(new Dictionary<string, object> { [name] = new { dtype = "F32", shape = new[] { 9 }, data_offsets = new[] { 0, 4 } } });
        File.WriteAllBytes(Path.Combine(folder, Weights), Tensors.Bytes(header, data: 8));

        RefusedVoice.Refused(folder, "the tensor a");
    }

    [TestCase("hidden_size", "1000000000")]
    [TestCase("hidden_size", "0")]
    [TestCase("hidden_size", "-24")]
    [TestCase("hidden_size", "1e300")]
    [TestCase("hidden_size", "\"24\"")]
    [TestCase("hidden_size", "23")]
    [TestCase("num_hidden_layers", "1000000000")]
    [TestCase("num_attention_heads", "5")]
    [TestCase("flow_size", "15")]
    [TestCase("flow_size", "48")]
    [TestCase("ffn_dim", "1000000000")]
    [TestCase("hidden_act", "\"softsign\"")]
    [TestCase("layer_norm_eps", "0")]
    [TestCase("upsample_initial_channel", "8")]
    [TestCase("upsample_rates", "[8, 8, 2]")]
    [TestCase("upsample_rates", "[16384, 16384, 2, 2]")]
    [TestCase("upsample_kernel_sizes", "[16, 16, 4, 5]")]
    [TestCase("upsample_kernel_sizes", "[4, 16, 4, 4]")]
    [TestCase("resblock_kernel_sizes", "[3, 7, 12]")]
    [TestCase("resblock_dilation_sizes", "[[1, 3, 5], [1, 3, 5]]")]
    [TestCase("resblock_dilation_sizes", "[[1, 3, 5], [1, 3, 5], []]")]
    [TestCase("wavenet_kernel_size", "4")]
    [TestCase("wavenet_dilation_rate", "64")]
    [TestCase("depth_separable_channels", "4")]
    [TestCase("duration_predictor_flow_bins", "1000")]
    [TestCase("num_speakers", "1000000000")]
    [TestCase("num_speakers", "4")]
    [TestCase("sampling_rate", "1")]
    [TestCase("speaking_rate", "0")]
    [TestCase("noise_scale", "-1")]
    public void Read_ConfigThatCannotBe_SaysSo(string name, string value)
    {
        var folder = MmsFolder.Copy("tiny", _directory.Path);
        var config = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllBytes(Path.Combine(folder, Config)))!;
        config[name] = JsonSerializer.Deserialize<JsonElement>(value);
        File.WriteAllBytes(Path.Combine(folder, Config), JsonSerializer.SerializeToUtf8Bytes(config));

        RefusedVoice.Refused(folder, "");
    }

    [TestCase(Config, null, Config)]
    [TestCase(Config, "[]", Config)]
    [TestCase(Config, "{", Config)]
    [TestCase("vocab.json", null, "vocab.json")]
    [TestCase("vocab.json", """{"a": 39}""", "row")]
    [TestCase("vocab.json", """{"a": 9223372036854775807}""", "row")]
    [TestCase("tokenizer_config.json", """{"language": "fin", "is_uroman": true}""", "uroman")]
    [TestCase("tokenizer_config.json", """{"language": "fin", "phonemize": true}""", "phonemes")]
    [TestCase("tokenizer_config.json", """{"language": "fin", "pad_token": 1}""", "pad_token")]
    [TestCase("tokenizer_config.json", """{"language": "\ud800"}""", "tokenizer_config.json")]
    [TestCase("vocab.json", """{"\udc00": 0}""", "vocab.json")]
    [TestCase(Config, """{"hidden_act": "\ud800"}""", Config)]
    [TestCase(Weights, null, "model.onnx")]
    public void Read_OtherFileMissingOrBroken_SaysWhich(string file, string? content, string reason)
    {
        var folder = MmsFolder.Copy("tiny", _directory.Path);
        File.Delete(Path.Combine(folder, file));
        if (content is not null)
        {
            File.WriteAllText(Path.Combine(folder, file), content);
        }

        RefusedVoice.Refused(folder, reason);
    }

    [TestCase("../model.safetensors")]
    [TestCase("/etc/passwd")]
    [TestCase("..")]
    [TestCase("")]
    [TestCase("sub/model.safetensors")]
    [TestCase("missing.safetensors")]
    public void Read_IndexThatLeadsElsewhere_SaysSo(string file)
    {
        var folder = MmsFolder.Copy("tiny", _directory.Path);
        File.Copy(Path.Combine(folder, Weights), Path.Combine(_directory.Path, Weights));
        File.WriteAllText(Path.Combine(folder, Index), JsonSerializer.Serialize(new { weight_map = new Dictionary<string, string> { ["a"] = file } }));

        RefusedVoice.Refused(folder, "");
    }

    [TestCase("""{"weight_map": []}""")]
    [TestCase("""{"weight_map": {}}""")]
    [TestCase("""{"weight_map": {"a": 1}}""")]
    [TestCase("{}")]
    public void Read_BrokenIndex_SaysSo(string index)
    {
        var folder = MmsFolder.Copy("tiny", _directory.Path);
        File.WriteAllText(Path.Combine(folder, Index), index);

        RefusedVoice.Refused(folder, Index);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need rights there.")]
    public void Read_LinkOutOfTheFolder_SaysSo([Values(Weights, Config, "vocab.json", "tokenizer_config.json")] string file)
    {
        var folder = MmsFolder.Copy("tiny", _directory.Path);
        var path = Path.Combine(folder, file);
        File.Move(path, Path.Combine(_directory.Path, file));
        File.CreateSymbolicLink(path, Path.Combine("..", file));

        RefusedVoice.Refused(folder, "link out of its folder");
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Links need rights there.")]
    public void Read_LinkWithinTheFolder_IsFollowed()
    {
        var folder = MmsFolder.Copy("tiny", _directory.Path);
        File.Move(Path.Combine(folder, Weights), Path.Combine(folder, "weights"));
        File.CreateSymbolicLink(Path.Combine(folder, Weights), "weights");

        Assert.That(InstalledVoice.Read(folder).Voice.Name, Is.EqualTo("tiny"));
    }

    [Test]
    public void Read_RandomBytesInAnyFile_GivesAVoiceOrOneSentence()
    {
        var random = Seed.Random(9);
        var folder = MmsFolder.Copy("tiny", _directory.Path);
        string[] files = [Weights, Config, "vocab.json", "tokenizer_config.json"];
        var whole = files.ToDictionary(file => file, file => File.ReadAllBytes(Path.Combine(folder, file)));
        for (var run = 0; run < 400; run++)
        {
            var file = files[random.Next(files.Length)];
            var bytes = (byte[])whole[file].Clone();
            var end = file == Weights ? 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes) : bytes.Length;
            for (var change = random.Next(1, 5); change > 0; change--)
            {
                bytes[random.Next(end)] = (byte)random.Next(256);
            }

            File.WriteAllBytes(Path.Combine(folder, file), random.Next(4) switch
            {
                0 => bytes[..random.Next(bytes.Length)],
                1 => [.. Enumerable.Range(0, random.Next(200)).Select(_ => (byte)random.Next(256))],
                _ => bytes,
            });
            try
            {
                InstalledVoice.Read(folder);
            }
            catch (VoiceException e)
            {
                RefusedVoice.OneSentence(e);
            }

            File.WriteAllBytes(Path.Combine(folder, file), whole[file]);
        }
    }

    private static TestCaseData Header(string name, string header) => new TestCaseData(header).SetArgDisplayNames(name);
}
