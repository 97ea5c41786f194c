using System.Numerics;

namespace LoopLynx.Contract;

/// <summary>
/// The formats of a machine's numbers, apart from the model: any model can run in any plan. Accumulators follow from the formats of their operands and the
/// number of products.
/// </summary>
public sealed record NumericPlan
{
    /// <summary>The paper's plan: weights, activations, queries, keys and values of 8 bits with constant scales.</summary>
    public static NumericPlan Int8 { get; } = new();

    /// <summary>Bits of a memory byte: the container of weights, activations, queries, keys and values.</summary>
    public int ByteBits { get; init; } = 8;

    /// <summary>Weights in memory.</summary>
    public WeightFormat Weights { get; init; } = new(Bits: 8, RowConstantBytes: 8);

    /// <summary>Weights in a product.</summary>
    public NumericFormat Weight { get; init; } = new(8, Symmetric: true, Scope: ScaleScope.Row);

    /// <summary>Operands of products.</summary>
    public NumericFormat Activation { get; init; } = new(8, Symmetric: true);

    /// <summary>Queries.</summary>
    public NumericFormat Query { get; init; } = new(8, Symmetric: true, Scope: ScaleScope.Head);

    /// <summary>Keys, also in the cache.</summary>
    public NumericFormat Key { get; init; } = new(8, Symmetric: true, Scope: ScaleScope.Head);

    /// <summary>Values, also in the cache.</summary>
    public NumericFormat Value { get; init; } = new(8, Symmetric: true, Scope: ScaleScope.Head);

    /// <summary>Unnormalised probabilities.</summary>
    public NumericFormat Probability { get; init; } = new(16, Signed: false);

    /// <summary>Inputs of the activation function.</summary>
    public NumericFormat PreActivation { get; init; } = new(16);

    /// <summary>The residual stream.</summary>
    public NumericFormat Residual { get; init; } = new(24);

    /// <summary>Logits.</summary>
    public NumericFormat Logit { get; init; } = new(32);

    /// <summary>Biases of products, in units of the accumulator.</summary>
    public NumericFormat Bias { get; init; } = new(32);

    /// <summary>Gains and offsets of norms, and entries of the activation function's tables.</summary>
    public NumericFormat Parameter { get; init; } = new(16);

    /// <summary>The format of a kind of value.</summary>
    public NumericFormat this[ValueKind kind] => kind switch
    {
        ValueKind.Weight => Weight,
        ValueKind.Activation => Activation,
        ValueKind.Query => Query,
        ValueKind.Key => Key,
        ValueKind.Value => Value,
        ValueKind.Probability => Probability,
        ValueKind.PreActivation => PreActivation,
        ValueKind.Residual => Residual,
        ValueKind.Logit => Logit,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no format"),
    };

    /// <summary>Bits of a sum of <paramref name="columns"/> products of a weight and an activation; at least those of a bias, which is added to it.</summary>
    public int AccumulatorBits(int columns) => Math.Max(Bias.Bits, ProductSum(Weight, Activation, columns));

    /// <summary>Bits of a score: a query times a key, summed over a head.</summary>
    public int ScoreBits(int headWidth) => ProductSum(Query, Key, headWidth);

    /// <summary>Bits of the sum of the probabilities of a context; unsigned.</summary>
    public int ProbabilitySumBits(int context) => Probability.Bits + CeilLog2(context + 1);

    /// <summary>Bits of a sum of probability times value over a context.</summary>
    public int MixBits(int context) => Probability.Bits + Value.Bits + CeilLog2(context + 1);

    /// <summary>Bits of the widest value that a step of a block gives: the width of a packet's lane.</summary>
    public int PacketBits => Math.Max(Residual.Bits, PreActivation.Bits);

    private static int ProductSum(NumericFormat left, NumericFormat right, int terms) => left.Bits + right.Bits + CeilLog2(terms);

    private static int CeilLog2(int count) => count <= 1 ? 0 : 32 - BitOperations.LeadingZeroCount((uint)(count - 1));
}
