namespace LoopLynx.Accelerator;

/// <summary>
/// One MP slice: the dot product of a weight row with the activation vector, one beat of <c>lanes</c> int8 products a cycle.
/// </summary>
/// <remarks>
/// Latency: <see cref="Latency(int)"/>, from the row's last beat to <see cref="Done"/>.
/// Initiation interval 1; free-running, never stalls (the processor in front holds credits).
/// Widths: product 16 bits, tree 17 .. 16 + log2(lanes), accumulator 32. Source: LoopLynx III-D, Fig. 6(a).
/// </remarks>
/// <param name="lanes">Products a cycle, a power of two.</param>
/// <param name="accumulatorBits">Bits of the sum.</param>
/// <param name="operandBits">Bits of a weight and of an activation.</param>
public sealed class MatrixSlice(int lanes, int accumulatorBits = 32, int operandBits = 8) : Module
{
    /// <summary>A beat is present.</summary>
    public readonly Signal Valid = Input(Bit);

    /// <summary>It is its row's first: the accumulator restarts.</summary>
    public readonly Signal First = Input(Bit);

    /// <summary>It is its row's last: the sum is complete.</summary>
    public readonly Signal Last = Input(Bit);

    /// <summary>Weights of one output row.</summary>
    public readonly Signal Weights = Input(SInt(operandBits).Lanes(lanes));

    /// <summary>The activations that belong to them.</summary>
    public readonly Signal Activations = Input(SInt(operandBits).Lanes(lanes));

    /// <summary>The row's dot product, while <see cref="Done"/> is 1.</summary>
    public readonly Signal Sum = Output(SInt(accumulatorBits));

    /// <summary>A row is complete.</summary>
    public readonly Signal Done = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"int8 dot product, {lanes} multipliers";

    /// <inheritdoc/>
    protected override void Build()
    {
        var operand = SInt(operandBits);
        Instance(out var products, new DotProduct(lanes, operand, operand));
        products.Valid.Drive(Valid);
        products.A.Drive(Weights);
        products.B.Drive(Activations);
        var first = First.Delayed(DotProduct.Latency(lanes));
        var last = Last.Delayed(DotProduct.Latency(lanes));

        Sum.Drive(new PartialSums(SInt(accumulatorBits)).Add(products.Done, first, products.Sum, "accumulator"));
        Done.Drive((products.Done & last).RegisteredReset(0));
    }

    /// <summary>Cycles from a row's last beat to its sum: products and their sum, the accumulator.</summary>
    public static int Latency(int lanes) => DotProduct.Latency(lanes) + PartialSums.Latency;
}
