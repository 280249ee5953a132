using Dictation.Infrastructure.Tts.Onnx;
using static Dictation.Infrastructure.Tts.Vits.HuggingFace.Attributes;

namespace Dictation.Infrastructure.Tts.Vits.HuggingFace;

/// <summary>Writes rational-quadratic splines: monotone curves of so many bins within a bound, the identity outside it.</summary>
internal sealed class SplineGraph(GraphBuilder graph, int bins, float bound)
{
    /// <summary>Of a bin's share of the width, and of a slope; not in any configuration.</summary>
    private const double Least = 1e-3;

    /// <summary>The curve backwards.</summary>
    /// <param name="y"><c>[1, T, 1]</c>.</param>
    /// <param name="shape"><c>[1, T, 3 bins - 1]</c>: widths, heights, and the slopes between bins.</param>
    public string Inverse(string y, string shape)
    {
        var parts = graph.Op("Split", 3, [shape, graph.Integers(bins, bins, bins - 1)], Whole("axis", 2));
        var (xs, ys) = (Knots(parts[0]), Knots(parts[1]));
        var slopes = graph.Op("Add", [graph.Op("Softplus", [parts[2]]), graph.Number((float)Least)]);
        slopes = graph.Op("Pad", [slopes, graph.Integers(0, 0, 1, 0, 0, 1), graph.Number(1)]);

        // What lies outside is computed as if on the bound, and replaced at the end.
        var inside = graph.Op("Clip", [y, graph.Number(-bound), graph.Number(bound)]);
        var passed = graph.Op("GreaterOrEqual", [inside, graph.Op("Slice", [ys, graph.Integers(1), graph.Integers(bins), graph.Integers(2)])]);
        var bin = graph.Op("ReduceSum", [graph.Op("Cast", [passed], Whole("to", OnnxNodes.Int64)), graph.Integers(2)], Whole("keepdims", 1));
        var table = graph.Op("Concat", [xs, ys, slopes], Whole("axis", 2));
        var picks = graph.Op("Add", [bin, graph.Integers(0, 1, bins + 1, bins + 2, 2 * bins + 2, 2 * bins + 3)]);
        var picked = graph.Op("Split", 6, [graph.Op("GatherElements", [table, picks], Whole("axis", 2))], Whole("axis", 2), Whole("num_outputs", 6));
        return graph.Op("Where", [graph.Op("Equal", [y, inside]), Within(inside, picked), y]);
    }

    /// <summary>The curve backwards in a bin, by the root of a quadratic equation.</summary>
    /// <param name="y">Within the bin.</param>
    /// <param name="bin">Its left, right, lower and upper ends, and the slopes there.</param>
    private string Within(string y, string[] bin)
    {
        var (left, low, firstSlope, lastSlope) = (bin[0], bin[2], bin[4], bin[5]);
        string width = Sub(bin[1], left), height = Sub(bin[3], low), slope = graph.Op("Div", [height, width]), rise = Sub(y, low);
        var bend = Mul(rise, Sub(Add(firstSlope, lastSlope), Mul(slope, graph.Number(2))));
        var a = Add(Mul(height, Sub(slope, firstSlope)), bend);
        var b = Sub(Mul(height, firstSlope), bend);
        var minusC = Mul(slope, rise);

        // By rounding it may come out slightly below 0.
        var root = graph.Op("Sqrt", [graph.Op("Max", [Add(Mul(b, b), Mul(Mul(a, minusC), graph.Number(4))), graph.Number(0)])]);
        var share = graph.Op("Div", [Mul(minusC, graph.Number(2)), Add(b, root)]);
        return Add(Mul(share, width), left);
    }

    /// <summary>The ends of bins: running sums of shares, stretched over the bounds, as one product with a triangle. The outer ones are the bounds.</summary>
    private string Knots(string sizes)
    {
        var knots = bins + 1;
        var triangle = new float[bins * knots];
        var offsets = new float[knots];
        for (var knot = 0; knot < knots; knot++)
        {
            for (var bin = 0; bin < Math.Min(knot, knot == bins ? 0 : bins); bin++)
            {
                triangle[bin * knots + knot] = (float)(2 * bound * (1 - Least * bins));
            }

            offsets[knot] = knot == bins ? bound : (float)(knot * 2 * bound * Least - bound);
        }

        var shares = graph.Op("Softmax", [sizes], Whole("axis", -1));
        return Add(graph.Op("MatMul", [shares, graph.Numbers(triangle, bins, knots)]), graph.Numbers(offsets, knots));
    }

    private string Add(string a, string b) => graph.Op("Add", [a, b]);

    private string Sub(string a, string b) => graph.Op("Sub", [a, b]);

    private string Mul(string a, string b) => graph.Op("Mul", [a, b]);
}
