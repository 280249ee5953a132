using Onnx;

namespace Dictation.Infrastructure.Tts.Onnx;

/// <summary>Reading and writing the parts of ONNX messages.</summary>
internal static class OnnxNodes
{
    public const int Float = (int)TensorProto.Types.DataType.Float, Int64 = (int)TensorProto.Types.DataType.Int64, Bool = (int)TensorProto.Types.DataType.Bool;

    public static long[]? Integers(this NodeProto node, string attribute) => node.Attribute.FirstOrDefault(a => a.Name == attribute)?.Ints.ToArray();

    public static long? Integer(this NodeProto node, string attribute) => node.Attribute.FirstOrDefault(a => a.Name == attribute)?.I;

    public static string? Words(this NodeProto node, string attribute) => node.Attribute.FirstOrDefault(a => a.Name == attribute)?.S.ToStringUtf8();

    /// <summary>Sets a list of integers, in place of one that is there.</summary>
    public static void Set(this NodeProto node, string attribute, params long[] values)
    {
        foreach (var old in node.Attribute.Where(a => a.Name == attribute).ToList())
        {
            node.Attribute.Remove(old);
        }

        node.Attribute.Add(new AttributeProto { Name = attribute, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } });
    }

    /// <summary>A one-dimensional tensor of integers.</summary>
    public static TensorProto Tensor(string name, params long[] values) => new() { Name = name, DataType = Int64, Dims = { values.Length }, Int64Data = { values } };

    /// <param name="name">The tensor's name.</param>
    /// <param name="elementType">One of ONNX's data types.</param>
    /// <param name="dims">Null where nothing is known of the shape, -1 for a size that differs from run to run.</param>
    public static ValueInfoProto Value(string name, int elementType, long[]? dims = null)
    {
        var type = new TypeProto.Types.Tensor { ElemType = elementType };
        if (dims is not null)
        {
            type.Shape = new TensorShapeProto();
            for (var i = 0; i < dims.Length; i++)
            {
                type.Shape.Dim.Add(dims[i] >= 0 ? new TensorShapeProto.Types.Dimension { DimValue = dims[i] } : new TensorShapeProto.Types.Dimension { DimParam = $"{name}_{i}" });
            }
        }

        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = type } };
    }

    /// <summary>The product of a tensor's sizes.</summary>
    public static long Count(this TensorProto tensor) => tensor.Dims.Aggregate(1L, (count, size) => checked(count * size));
}
