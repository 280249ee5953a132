using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Dictation.Infrastructure.IntegrationTests.Tts.Vits.HuggingFace;

/// <summary>Reads and writes whole safetensors files, apart from the code that is tested.</summary>
internal static class Tensors
{
    /// <summary>Every tensor's shape and bytes by name.</summary>
    public static Dictionary<string, (long[] Shape, byte[] Data)> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using var header = JsonDocument.Parse(bytes.AsMemory(8, start - 8));
        return header.RootElement.EnumerateObject().Where(t => t.Name != "__metadata__").ToDictionary(t => t.Name, t =>
        {
            var offsets = t.Value.GetProperty("data_offsets");
            return (t.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray(),
                bytes[(start + offsets[0].GetInt32())..(start + offsets[1].GetInt32())]);
        });
    }

    public static T[] As<T>(this (long[] Shape, byte[] Data) tensor)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.Data).ToArray();

    /// <summary>A file with that header, whatever it says.</summary>
    public static byte[] Bytes(string header, int data = 0) => Bytes(Encoding.UTF8.GetBytes(header), data);

    public static byte[] Bytes(byte[] header, int data = 0)
    {
        var bytes = new byte[8 + header.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes, 8);
        return bytes;
    }

    /// <summary>Writes random 32-bit numbers, one tensor at a time.</summary>
    /// <param name="scaleOf">How large the numbers of a tensor are.</param>
    public static void Write(string path, IReadOnlyList<(string Name, long[] Shape)> tensors, Func<string, long[], float> scaleOf)
    {
        var offset = 0L;
        var entries = new Dictionary<string, object>();
        foreach (var (name, shape) in tensors)
        {
            var end = offset + shape.Aggregate(4L, (bytes, size) => bytes * size);
            entries[name] = new { dtype = "F32", shape, data_offsets = new[] { offset, end } };
            offset = end;
        }

        using var file = File.Create(path);
        var header = JsonSerializer.SerializeToUtf8Bytes(entries);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        file.Write(length);
        file.Write(header);
        var random = new Random(1);
        foreach (var (name, shape) in tensors)
        {
            var scale = scaleOf(name, shape);
            var numbers = new float[shape.Aggregate(1L, (count, size) => count * size)];
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = (float)(random.NextDouble() * 2 - 1) * scale;
            }

            file.Write(MemoryMarshal.AsBytes<float>(numbers));
        }
    }
}
