using System.Text;

namespace Dictation.Shared;

/// <summary>
/// Writes small ONNX models of one chain of operators, from <c>input_ids</c> to <c>waveform</c>: voices with faults that a good model does not have.
/// </summary>
internal static class OnnxModelFile
{
    private const int Float = 1, Int64 = 7;

    /// <param name="path">Where to write.</param>
    /// <param name="operators">Applied after the ids were cast to float; each takes the result before as all its inputs.</param>
    /// <param name="input">Name of the input.</param>
    /// <param name="output">Name of the output.</param>
    /// <param name="padding">Bytes of documentation, which make the file larger.</param>
    public static void Write(string path, (string Operator, int Inputs)[] operators, string input = "input_ids", string output = "waveform", int padding = 0)
    {
        var graph = new Message();
        var value = input;
        var step = 0;
        foreach ((var name, var inputs) in operators.Prepend(("CastToFloat", 1)).Append(("CastToFloat", 1)))
        {
            var next = step == operators.Length + 1 ? output : $"step{step}";
            step++;
            var node = new Message();
            for (var i = 0; i < inputs; i++)
            {
                node.Add(1, value);
            }

            node.Add(2, next).Add(4, name == "CastToFloat" ? "Cast" : name);
            if (name == "CastToFloat")
            {
                node.Add(5, new Message().Add(1, "to").Add(3, Float).Add(20, 2));
            }

            graph.Add(1, node);
            value = next;
        }

        graph.Add(2, "voice").Add(11, Tensor(input, Int64, "T")).Add(12, Tensor(output, Float, "N"));
        File.WriteAllBytes(path, new Message().Add(1, 8).Add(6, new string(' ', padding)).Add(7, graph).Add(8, new Message().Add(1, "").Add(2, 15)).ToArray());
    }

    /// <summary>A voice in Piper's layout whose speakers differ in how loud they are: the sine of the ids times the cosine of the speaker's number.</summary>
    public static void WritePiper(string path, bool withSpeaker)
    {
        var graph = new Message()
            .Add(1, Node("Cast", "ids", "input").Add(5, ToFloat()))
            .Add(1, Node("Sin", withSpeaker ? "wave" : "output", "ids"));
        if (withSpeaker)
        {
            graph.Add(1, Node("Cast", "number", "sid").Add(5, ToFloat())).Add(1, Node("Cos", "level", "number")).Add(1, Node("Mul", "output", "wave", "level"));
        }

        graph.Add(2, "voice").Add(11, Tensor("input", Int64, "T")).Add(11, Vector("input_lengths", Int64)).Add(11, Vector("scales", Float));
        if (withSpeaker)
        {
            graph.Add(11, Vector("sid", Int64));
        }

        graph.Add(12, Tensor("output", Float, "N"));
        File.WriteAllBytes(path, new Message().Add(1, 8).Add(7, graph).Add(8, new Message().Add(1, "").Add(2, 15)).ToArray());
    }

    private static Message Node(string name, string output, params string[] inputs)
    {
        var node = new Message();
        foreach (var input in inputs)
        {
            node.Add(1, input);
        }

        return node.Add(2, output).Add(4, name);
    }

    private static Message ToFloat() => new Message().Add(1, "to").Add(3, Float).Add(20, 2);

    private static Message Vector(string name, int type) => new Message().Add(1, name).Add(
        2, new Message().Add(1, new Message().Add(1, type).Add(2, new Message().Add(1, new Message().Add(2, "V")))));

    private static Message Tensor(string name, int type, string length) => new Message().Add(1, name).Add(
        2,
        new Message().Add(
            1,
            new Message().Add(1, type).Add(2, new Message().Add(1, new Message().Add(2, "B")).Add(1, new Message().Add(2, length)))));

    /// <summary>A protocol buffers message.</summary>
    private sealed class Message
    {
        private readonly List<byte> _bytes = [];

        public Message Add(int field, int value)
        {
            WriteNumber(field << 3);
            WriteNumber(value);
            return this;
        }

        public Message Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

        public Message Add(int field, Message value) => Add(field, value.ToArray());

        public byte[] ToArray() => [.. _bytes];

        private Message Add(int field, byte[] value)
        {
            WriteNumber(field << 3 | 2);
            WriteNumber(value.Length);
            _bytes.AddRange(value);
            return this;
        }

        private void WriteNumber(int value)
        {
            for (; value >= 0x80; value >>= 7)
            {
                _bytes.Add((byte)(value | 0x80));
            }

            _bytes.Add((byte)value);
        }
    }
}
