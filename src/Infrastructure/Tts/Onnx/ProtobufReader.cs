using System.Text;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Onnx;

/// <summary>
/// Reads the fields of protocol buffers from a file, in its order, without loading it. What it hands out as text is bounded, so that no file can fill
/// the memory.
/// </summary>
/// <param name="stream">The file; it can seek.</param>
/// <param name="file">Its name, for messages.</param>
internal sealed class ProtobufReader(Stream stream, string file)
{
    /// <summary>As deep as protocol buffers are read by default.</summary>
    private const int MaxDepth = 100;

    private const int MaxText = 1024, MaxMemory = 64 << 20;

    /// <summary>What each text takes beside its characters, and what a list of its own takes, roughly.</summary>
    private const int PerText = 64, PerList = 256;

    private int _depth;
    private int _memory;

    public VoiceException Broken(string? why = null) => new(why is null
        ? $"{file} is not a whole ONNX model; copy or download it again."
        : $"{file} is not an ONNX model that can be used: {why}.");

    /// <summary>Hands each field up to <paramref name="end"/> to <paramref name="take"/>, and skips what that leaves of it.</summary>
    /// <exception cref="VoiceException">The fields do not end there, or lie too deep in each other.</exception>
    public void Message(long end, Action<ProtobufField> take)
    {
        if (++_depth > MaxDepth)
        {
            throw Broken($"its parts lie more than {MaxDepth} deep in each other");
        }

        while (stream.Position < end)
        {
            var start = stream.Position;
            var tag = Number(end);
            if (tag is < 8 or > uint.MaxValue)
            {
                throw Broken();
            }

            var value = 0UL;
            var fieldEnd = (tag & 7) switch
            {
                0 => Varint(end, out value),
                1 => stream.Position + 8,
                2 => Length(end),
                5 => stream.Position + 4,
                _ => throw Broken(),
            };
            if (fieldEnd > end)
            {
                throw Broken();
            }

            take(new ProtobufField((int)(tag >> 3), (int)(tag & 7), start, fieldEnd, value));
            if (stream.Position != fieldEnd)
            {
                stream.Position = fieldEnd;
            }
        }

        _depth--;
    }

    /// <summary>The text that fills a field.</summary>
    /// <exception cref="VoiceException">It is longer than any that a voice needs, or there are too many.</exception>
    public string Text(ProtobufField field) => ShortText(field) ?? throw Broken($"it holds a name of more than {MaxText} bytes");

    /// <summary>The text that fills a field; null where it is long.</summary>
    /// <param name="field">The field.</param>
    /// <param name="most">Bytes.</param>
    /// <exception cref="VoiceException">There are too many.</exception>
    public string? ShortText(ProtobufField field, int most = MaxText)
    {
        if (!field.HasLength)
        {
            throw Broken();
        }

        var length = field.End - stream.Position;
        if (length > most)
        {
            return null;
        }

        Charge(PerText + 2 * (int)length);
        var bytes = length > MaxText ? new byte[length] : stackalloc byte[(int)length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>A list that a file asks for.</summary>
    /// <exception cref="VoiceException">There are too many.</exception>
    public List<T> List<T>()
    {
        Charge(PerList);
        return [];
    }

    /// <summary>Adds to a list what a file asks for.</summary>
    /// <exception cref="VoiceException">There is too much.</exception>
    public void Add<T>(List<T> list, T item)
    {
        Charge(PerText);
        list.Add(item);
    }

    /// <summary>The numbers of a repeated field, which lie side by side in one or come one by one.</summary>
    public void Numbers(ProtobufField field, Action<ulong> take)
    {
        if (!field.HasLength)
        {
            take(field.Value);
            return;
        }

        while (stream.Position < field.End)
        {
            take(Number(field.End));
        }
    }

    private void Charge(int bytes)
    {
        if ((_memory += bytes) > MaxMemory)
        {
            throw Broken("it describes a larger network than any voice has");
        }
    }

    private long Varint(long end, out ulong value)
    {
        value = Number(end);
        return stream.Position;
    }

    private long Length(long end)
    {
        var length = Number(end);
        return length > (ulong)(end - stream.Position) ? throw Broken() : stream.Position + (long)length;
    }

    private ulong Number(long end)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = stream.Position < end ? stream.ReadByte() : -1;
            if (b < 0)
            {
                throw Broken();
            }

            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw Broken();
    }
}

/// <param name="Number">Which field of its message it is.</param>
/// <param name="WireType">0 for a number, 1 and 5 for eight and four bytes, 2 for what has a length.</param>
/// <param name="Start">Where it starts in the file.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Value">Of a number.</param>
internal readonly record struct ProtobufField(int Number, int WireType, long Start, long End, ulong Value)
{
    public bool HasLength => WireType == 2;
}
