using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Dictation.Speech;
using Microsoft.Win32.SafeHandles;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>
/// A file of tensors in the safetensors format: a length in 8 bytes, that many bytes of JSON that name each tensor's type, shape and place, then the
/// tensors. Only the header is kept in memory. Not thread-safe.
/// </summary>
internal sealed class SafetensorsFile : IDisposable
{
    private const int MaxHeader = 32 << 20, MaxTensors = 100_000, MaxName = 1_000, MaxRank = 8, MaxDepth = 32, MaxShown = 100, Chunk = 1 << 16;

    private readonly SafeFileHandle _handle;
    private readonly string _name;
    private readonly long _start;
    private readonly Dictionary<string, SafetensorsEntry> _entries = new(StringComparer.Ordinal);

    /// <exception cref="VoiceException">It is no such file, or states what cannot be.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public SafetensorsFile(string path)
    {
        _name = Path.GetFileName(path);
        _handle = File.OpenHandle(path);
        try
        {
            var length = RandomAccess.GetLength(_handle);
            Span<byte> prefix = stackalloc byte[sizeof(long)];
            var header = RandomAccess.Read(_handle, prefix, 0) == prefix.Length ? BinaryPrimitives.ReadUInt64LittleEndian(prefix) : throw Broken("it is too short");
            if (header > MaxHeader || header > (ulong)(length - prefix.Length))
            {
                throw Broken($"its header is said to have {header} bytes");
            }

            _start = prefix.Length + (long)header;
            var json = new byte[(int)header];
            ReadBytes(json, prefix.Length);
            ReadHeader(json);
            CheckPlaces(length - _start);
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => _entries;

    /// <summary>Reads a tensor as numbers of 32 bits.</summary>
    /// <exception cref="VoiceException">Its type is none of floating point, or the file has changed.</exception>
    public void Read(SafetensorsEntry entry, Span<float> into)
    {
        var size = entry.Type is "F32" or "F64" or "F16" or "BF16" ? SizeOf(entry.Type) : throw Broken($"a tensor is of the type {Shown(entry.Type)}");
        var bytes = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            for (var at = 0; at < into.Length;)
            {
                var count = Math.Min(Chunk / size, into.Length - at);
                var part = bytes.AsSpan(0, count * size);
                ReadBytes(part, _start + entry.Begin + (long)at * size);
                Convert(entry.Type, part, into.Slice(at, count));
                at += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    public void Dispose() => _handle.Dispose();

    private static void Convert(string type, ReadOnlySpan<byte> from, Span<float> to)
    {
        switch (type)
        {
            case "F32":
                from.CopyTo(MemoryMarshal.AsBytes(to));
                break;
            case "F64":
                for (var i = 0; i < to.Length; i++)
                {
                    to[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(from[(i * sizeof(double))..]);
                }

                break;
            case "F16":
                for (var i = 0; i < to.Length; i++)
                {
                    to[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(from[(i * sizeof(short))..]);
                }

                break;
            default:
                for (var i = 0; i < to.Length; i++)
                {
                    to[i] = BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(from[(i * sizeof(short))..]) << 16);
                }

                break;
        }
    }

    /// <summary>Bytes per number; 0 for a type whose numbers are not whole bytes, or that is not known.</summary>
    private static int SizeOf(string type) => type switch
    {
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => 1,
        "U16" or "I16" or "F16" or "BF16" => 2,
        "U32" or "I32" or "F32" => 4,
        "U64" or "I64" or "F64" or "C64" => 8,
        _ => 0,
    };

    private void ReadBytes(Span<byte> into, long at)
    {
        while (into.Length > 0)
        {
            var read = RandomAccess.Read(_handle, into, at);
            if (read == 0)
            {
                throw Broken("it ends too early");
            }

            into = into[read..];
            at += read;
        }
    }

    private void ReadHeader(byte[] json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw Broken("its header is not a JSON object");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                if (name == "__metadata__")
                {
                    reader.Skip();
                }
                else if (name.Length > MaxName || _entries.Count >= MaxTensors)
                {
                    throw Broken($"it holds more than {MaxTensors} tensors or a name of more than {MaxName} characters");
                }
                else if (!_entries.TryAdd(name, ReadEntry(ref reader)))
                {
                    throw Broken($"it holds two tensors {Shown(name)}");
                }
            }

            // What follows the object may be white space alone.
            while (reader.Read())
            {
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Text that is no UTF-16 throws the second.
            throw Broken("its header is not JSON of that kind", e);
        }
    }

    private SafetensorsEntry ReadEntry(ref Utf8JsonReader reader)
    {
        string? type = null;
        long[]? shape = null, offsets = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Broken("its header does not describe its tensors");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = reader.GetString();
            reader.Read();
            switch (member)
            {
                case "dtype" when reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= 32:
                    type = reader.GetString();
                    break;
                case "shape":
                    shape = ReadNumbers(ref reader);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        if (type is null || shape is null || offsets is not [var begin, var end] || end < begin)
        {
            throw Broken("its header does not say type, shape and place of each tensor");
        }

        return new SafetensorsEntry(type, shape, begin, end);
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader)
    {
        var numbers = new List<long>(3);
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Broken("its header does not say type, shape and place of each tensor");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) && number >= 0 && numbers.Count < MaxRank
                ? number
                : throw Broken("a tensor's shape or place cannot be"));
        }

        return [.. numbers];
    }

    /// <summary>No tensor may reach beyond the file or into another, and each must be as long as its shape says.</summary>
    private void CheckPlaces(long length)
    {
        var end = 0L;
        foreach (var (name, entry) in _entries.OrderBy(e => e.Value.Begin).ThenBy(e => e.Value.End))
        {
            if (entry.Begin < end || entry.End > length)
            {
                throw Broken($"the tensor {Shown(name)} reaches {(entry.End > length ? "beyond its end" : "into another")}");
            }

            end = entry.End;
            var count = entry.Count;
            if (count is null || (SizeOf(entry.Type) is > 0 and var size && (count > long.MaxValue / size || count * size != entry.End - entry.Begin)))
            {
                throw Broken($"the tensor {Shown(name)} has another size than its shape says");
            }
        }
    }

    /// <summary>A name from a file, fit for a message.</summary>
    internal static string Shown(string name) =>
        string.Concat(name.AsSpan(0, Math.Min(name.Length, MaxShown)).ToString().Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c));

    private VoiceException Broken(string why, Exception? cause = null) => new($"{_name} is not a whole safetensors file: {why}.", cause);
}

/// <summary>Where a tensor lies.</summary>
/// <param name="Type">Such as <c>F32</c>.</param>
/// <param name="Begin">Its first byte, from the end of the header.</param>
/// <param name="End">The byte behind its last.</param>
internal sealed record SafetensorsEntry(string Type, long[] Shape, long Begin, long End)
{
    /// <summary>The product of its sizes; null where that is beyond 64 bits.</summary>
    public long? Count
    {
        get
        {
            var count = 1L;
            foreach (var size in Shape)
            {
                if (size != 0 && count > long.MaxValue / size)
                {
                    return null;
                }

                count *= size;
            }

            return count;
        }
    }
}
