using System.Runtime.InteropServices;
using Dictation.Infrastructure.Tts.Vits.HuggingFace;
using Dictation.Speech;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Vits.HuggingFace;

public sealed class SafetensorsFileTests
{
    private static readonly float[] Numbers = [1, -2.5f, 0, 0.15625f, -0f, 1024];

    private static IEnumerable<TestCaseData> Types =>
    [
        new("F32", MemoryMarshal.AsBytes<float>(Numbers).ToArray()),
        new("F64", MemoryMarshal.AsBytes<double>(Array.ConvertAll(Numbers, n => (double)n)).ToArray()),
        new("F16", MemoryMarshal.AsBytes<Half>(Array.ConvertAll(Numbers, n => (Half)n)).ToArray()),
        new("BF16", MemoryMarshal.AsBytes<ushort>(Array.ConvertAll(Numbers, n => (ushort)(BitConverter.SingleToUInt32Bits(n) >> 16))).ToArray()),
    ];

    [TestCaseSource(nameof(Types))]
    public void Read_EveryFloatingType_GivesItsNumbers(string type, byte[] data)
    {
        using var directory = new TemporaryDirectory();
        using var file = Open(directory, $$"""{"__metadata__":{"note":"free"},"a":{"dtype":"{{type}}","shape":[2,3],"data_offsets":[0,{{data.Length}}] } }   """, data);
        var numbers = new float[Numbers.Length];

        file.Read(file.Entries["a"], numbers);

        Assert.That(numbers, Is.EqualTo(Numbers));
    }

    [Test]
    public void Read_WholeNumbers_IsRefused()
    {
        using var directory = new TemporaryDirectory();
        using var file = Open(directory, """{"a":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", new byte[8]);

        Assert.That(() => file.Read(file.Entries["a"], new float[1]), Throws.TypeOf<VoiceException>().With.Message.Contains("I64"));
    }

    private static SafetensorsFile Open(TemporaryDirectory directory, string header, byte[] data)
    {
        var path = Path.Combine(directory.Path, "model.safetensors");
        File.WriteAllBytes(path, [.. Tensors.Bytes(header), .. data]);
        return new SafetensorsFile(path);
    }
}
