using System.Text;
using Dictation.Speech;

namespace Dictation.Infrastructure.Tts.Onnx;

/// <summary>
/// The names of a model's inputs and outputs, read from the file without loading it: of the protocol buffers in onnx.proto, ModelProto.graph
/// (field 7) and in it GraphProto.input (11), GraphProto.output (12) and the name (1) of each. The weights are skipped. A file that was cut
/// off does not end where its lengths say.
/// </summary>
/// <param name="Inputs">In the file's order.</param>
/// <param name="Outputs">In the file's order.</param>
internal sealed record OnnxNames(IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs)
{
    private const int Graph = 7, GraphInitializer = 5, GraphInput = 11, GraphOutput = 12, Name = 1, MaxName = 1024;

    /// <exception cref="VoiceException">It is not a whole ONNX model.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OnnxNames Read(string path)
    {
        using var file = new BufferedStream(File.OpenRead(path), 1 << 16);
        var inputs = new List<string>();
        var outputs = new List<string>();
        var weights = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Reader(file, Path.GetFileName(path));
        var found = false;
        reader.Message(file.Length, (field, end) =>
        {
            if (field == Graph)
            {
                found = true;
                reader.Message(end, (part, partEnd) =>
                {
                    var list = part switch { GraphInput => inputs, GraphOutput => outputs, _ => null };
                    if (list is not null)
                    {
                        reader.Message(partEnd, (f, e) => reader.Take(f == Name, e, list.Add));
                    }
                    else if (part == GraphInitializer)
                    {
                        // Older exporters list the weights among the inputs. A tensor's name is its eighth field.
                        reader.Message(partEnd, (f, e) => reader.Take(f == 8, e, name => weights.Add(name)));
                    }
                });
            }
        });
        return found ? new OnnxNames([.. inputs.Where(i => !weights.Contains(i))], outputs) : throw reader.Broken();
    }

    private sealed class Reader(Stream stream, string file)
    {
        public VoiceException Broken() => new($"{file} is not a whole ONNX model; copy or download it again.");

        /// <summary>Hands each length-delimited field, up to <paramref name="end"/>, to <paramref name="field"/>, and skips the others and what is left of those.</summary>
        public void Message(long end, Action<int, long> field)
        {
            while (stream.Position < end)
            {
                var tag = Number(end);
                var fieldEnd = (tag & 7) switch
                {
                    0 => Skipped(end),
                    1 => stream.Position + 8,
                    2 => Length(end),
                    5 => stream.Position + 4,
                    _ => throw Broken(),
                };
                if (fieldEnd > end || fieldEnd < stream.Position)
                {
                    throw Broken();
                }

                if ((tag & 7) == 2)
                {
                    field((int)(tag >> 3), fieldEnd);
                }

                if (stream.Position != fieldEnd)
                {
                    stream.Position = fieldEnd;
                }
            }
        }

        public void Take(bool wanted, long end, Action<string> take)
        {
            if (!wanted || end - stream.Position > MaxName)
            {
                return;
            }

            var bytes = new byte[end - stream.Position];
            stream.ReadExactly(bytes);
            take(Encoding.UTF8.GetString(bytes));
        }

        private long Skipped(long end)
        {
            Number(end);
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
}
