using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// The exact dot product of two vectors, a pair of vectors a cycle: every product with the four registers that a DSP block has (two operands, product, result),
/// and a tree of sums with registers between its levels.
/// </summary>
/// <remarks>
/// Free-running, never stalls; latency <see cref="Latency"/>.
/// An operand register has one product as its only load, so it moves into the DSP block: an operand that several dot products share is registered by each
/// instance for itself. Operands are taken in every cycle; behind them registers change only where <see cref="Valid"/> was 1, by enables of the instance's own.
/// </remarks>
/// <param name="lanes">Products a cycle, a power of two.</param>
/// <param name="a">Type of an operand of the first vector; a product of up to 27 by 18 bits, signed, fits one DSP block.</param>
/// <param name="b">Type of an operand of the second vector, as signed as the first.</param>
/// <param name="resets">
/// Whether a reset ends what is under way; without, <see cref="Done"/> can be 1 in the cycles of the latency behind it. A reset loads a register for each level
/// of each instance.
/// </param>
public sealed class DotProduct(int lanes, HdlType a, HdlType b, bool resets = true) : Module
{
    // Operands, product, result.
    private const int ProductLevels = 3;

    /// <summary>A level of the tree whose enable would be a wide net runs free.</summary>
    internal const int MostEnabled = 512;

    /// <summary>A pair of vectors is present.</summary>
    public readonly Signal Valid = Input(Bit);

    /// <summary>The first vector.</summary>
    public readonly Signal A = Input(a.Lanes(lanes));

    /// <summary>The second vector.</summary>
    public readonly Signal B = Input(b.Lanes(lanes));

    /// <summary>The sum of the products, while <see cref="Done"/> is 1.</summary>
    public readonly Signal Sum = Output(SumType(lanes, a, b));

    /// <summary>A sum is complete.</summary>
    public readonly Signal Done = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"dot product of {lanes} lanes";

    /// <inheritdoc/>
    public override bool IsKept => true;

    /// <summary>Cycles from a pair of vectors to its sum: operands, products, results, the tree.</summary>
    /// <param name="lanes">Products a cycle.</param>
    public static int Latency(int lanes) => ProductLevels + PipelinedTree.Sum(lanes).Latency;

    /// <summary>Type of the exact sum.</summary>
    /// <param name="lanes">Products a cycle.</param>
    /// <param name="a">Type of an operand of the first vector.</param>
    /// <param name="b">Type of an operand of the second vector.</param>
    public static HdlType SumType(int lanes, HdlType a, HdlType b) => new(a.Width + b.Width + Sizes.CeilLog2(lanes), a.Signed);

    /// <inheritdoc/>
    protected override void Build()
    {
        var (a1, b1) = (A.Registered(name: "a1"), B.Registered(name: "b1"));
        var valid1 = Next(Valid, "valid1");
        var product = (a1 * b1).Registered(valid1, "product");
        var valid2 = Next(valid1, "valid2");
        var result = product.Registered(valid2, "result");
        var tree = PipelinedTree.Sum(lanes) with { MostEnabled = MostEnabled, Resets = resets };
        var (done, sum) = tree.Reduce(Next(valid2, "valid3"), result, "sum");
        Sum.Drive(sum);
        Done.Drive(done);
    }

    private Signal Next(Signal valid, string name) => resets ? valid.RegisteredReset(0, null, name) : valid.Registered(null, name);
}
