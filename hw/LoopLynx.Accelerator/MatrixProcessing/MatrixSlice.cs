namespace LoopLynx.Accelerator;

/// <summary>
/// One MP slice: the dot product of a weight row with the activation vector, one beat of <c>lanes</c> int8 products a cycle; or of the rows of two channels,
/// whose products share DSP blocks.
/// </summary>
/// <remarks>
/// Latency: <see cref="Latency"/>, from the row's last beat to <see cref="Done"/>.
/// Initiation interval 1; free-running, never stalls (the processor in front holds credits).
/// Widths: product 16 bits, tree 17 .. 16 + log2(lanes), accumulator 32. Source: LoopLynx III-D, Fig. 6(a).
/// </remarks>
/// <param name="lanes">Products of a row a cycle, a power of two.</param>
/// <param name="rows">Rows at a time: 1, or 2 with <see cref="DotProductPair"/>.</param>
/// <param name="accumulatorBits">Bits of the sum.</param>
/// <param name="operandBits">Bits of a weight and of an activation.</param>
public sealed class MatrixSlice(int lanes, int rows = 1, int accumulatorBits = 32, int operandBits = 8) : Module
{
    /// <summary>A beat is present.</summary>
    public readonly Signal Valid = Input(Bit);

    /// <summary>It is its row's first: the accumulator restarts.</summary>
    public readonly Signal First = Input(Bit);

    /// <summary>It is its row's last: the sum is complete.</summary>
    public readonly Signal Last = Input(Bit);

    /// <summary>Weights of each output row.</summary>
    public readonly Signal[] Weights = Ports(rows, name => Input(SInt(operandBits).Lanes(lanes), name));

    /// <summary>The activations that belong to them.</summary>
    public readonly Signal Activations = Input(SInt(operandBits).Lanes(lanes));

    /// <summary>Each row's dot product, while <see cref="Done"/> is 1.</summary>
    public readonly Signal[] Sum = Ports(rows, name => Output(SInt(accumulatorBits), name));

    /// <summary>A row is complete.</summary>
    public readonly Signal Done = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => rows == 1 ? $"int8 dot product, {lanes} multipliers" : $"{rows} int8 dot products, {lanes} multipliers";

    /// <summary>Cycles from a row's last beat to its sum: products and their sum, the accumulator.</summary>
    /// <param name="lanes">Products of a row a cycle.</param>
    /// <param name="rows">Rows at a time.</param>
    public static int Latency(int lanes, int rows) => ProductLatency(lanes, rows) + PartialSums.Latency;

    /// <inheritdoc/>
    protected override void Build()
    {
        var (done, products) = rows == 1 ? OneRow() : TwoRows();
        var first = First.Delayed(ProductLatency(lanes, rows));
        var last = Last.Delayed(ProductLatency(lanes, rows));
        for (var i = 0; i < rows; i++)
        {
            Sum[i].Drive(new PartialSums(SInt(accumulatorBits)).Add(done, first, products[i], Numbered("accumulator", i, rows)));
        }

        Done.Drive((done & last).RegisteredReset(0));
    }

    private static int ProductLatency(int lanes, int rows) => rows == 1 ? DotProduct.Latency(lanes) : DotProductPair.Latency(lanes);

    private (Signal Done, Signal[] Sums) OneRow()
    {
        Instance(out var products, new DotProduct(lanes, SInt(operandBits), SInt(operandBits)));
        products.Valid.Drive(Valid);
        products.A.Drive(Weights[0]);
        products.B.Drive(Activations);
        return (products.Done, [products.Sum]);
    }

    private (Signal Done, Signal[] Sums) TwoRows()
    {
        Instance(out var products, new DotProductPair(lanes, SInt(operandBits), SInt(operandBits)));
        products.Valid.Drive(Valid);
        products.B.Drive(Activations);
        foreach (var (a, weights) in products.A.Zip(Weights))
        {
            a.Drive(weights);
        }

        return (products.Done, products.Sum);
    }
}
