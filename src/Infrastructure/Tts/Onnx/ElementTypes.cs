using Onnx;

namespace Dictation.Infrastructure.Tts.Onnx;

/// <summary>
/// The element types of a graph's tensors, one of ONNX's data types each. A part that is cut out of a graph has to declare them for its inputs.
/// By each operator's own rule; where a rule is missing here, the part does not load, and the voice runs whole.
/// </summary>
internal sealed class ElementTypes
{
    private readonly Dictionary<string, int> _types = new(StringComparer.Ordinal);

    public ElementTypes(OnnxGraph graph)
    {
        foreach (var input in graph.Proto.Input)
        {
            _types[input.Name] = input.Type.TensorType?.ElemType ?? OnnxNodes.Float;
        }

        foreach (var weight in graph.Proto.Initializer)
        {
            _types[weight.Name] = weight.DataType;
        }

        foreach (var node in graph.Proto.Node)
        {
            var type = Of(node);
            foreach (var output in node.Output)
            {
                _types[output] = type;
            }
        }
    }

    public int this[string tensor] => _types.GetValueOrDefault(tensor, OnnxNodes.Float);

    private int Of(NodeProto node) => node.OpType switch
    {
        "Cast" => (int)(node.Integer("to") ?? OnnxNodes.Float),
        "Shape" or "Size" or "NonZero" or "ArgMax" or "ArgMin" => OnnxNodes.Int64,
        "Equal" or "Less" or "LessOrEqual" or "Greater" or "GreaterOrEqual" or "And" or "Or" or "Not" or "Xor" or "IsNaN" or "IsInf" => OnnxNodes.Bool,
        "Constant" => node.Attribute.FirstOrDefault() switch
        {
            { T: { } value } => value.DataType,
            { Type: AttributeProto.Types.AttributeType.Int or AttributeProto.Types.AttributeType.Ints } => OnnxNodes.Int64,
            _ => OnnxNodes.Float,
        },
        "ConstantOfShape" => node.Attribute.FirstOrDefault(a => a.Name == "value")?.T.DataType ?? OnnxNodes.Float,
        "Where" => this[node.Input[1]],
        "RandomNormalLike" or "RandomUniformLike" => (int)(node.Integer("dtype") ?? this[node.Input[0]]),
        "MatMulInteger" or "ConvInteger" => (int)TensorProto.Types.DataType.Int32,
        "DynamicQuantizeLinear" => (int)TensorProto.Types.DataType.Uint8,
        "DequantizeLinear" => OnnxNodes.Float,
        _ => node.Input.Count > 0 ? this[node.Input[0]] : OnnxNodes.Float,
    };
}
