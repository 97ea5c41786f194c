namespace LoopLynx.Host;

/// <summary>One entry of a safetensors header.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Type">The element type as the file names it: F32, F16, BF16, I64, ...</param>
/// <param name="Shape">The dimensions, outermost first; empty for a scalar.</param>
/// <param name="Begin">First byte, counted from the start of the data area.</param>
/// <param name="End">One past the last byte, counted from the start of the data area.</param>
public sealed record TensorInfo(string Name, string Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>The shape as text: <c>[2, 3]</c>.</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";

    /// <summary>Number of elements.</summary>
    public long Elements
    {
        get
        {
            long product = 1;
            foreach (long size in Shape)
                product = checked(product * size);
            return product;
        }
    }
}
