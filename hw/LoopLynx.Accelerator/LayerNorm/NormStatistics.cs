namespace LoopLynx.Accelerator;

/// <summary>
/// Mean and deviation of a vector from its exact sums: W = E * S2 - S1^2 + epsilon, and 1 / sqrt(W).
/// </summary>
/// <remarks>
/// A norm without a mean is a class derived from this one, whose <see cref="Centre"/> is zero. Latency <see cref="Latency"/> from <see cref="Start"/> to
/// <see cref="Done"/>; results hold until the next start. No cancellation: every term is exact.
/// </remarks>
public class NormStatistics(NodeConfiguration configuration) : Module
{
    /// <summary>Cycles from <see cref="Start"/> to <see cref="Done"/>.</summary>
    public static int Latency(NodeConfiguration c) => VarianceLevels(c) + ReciprocalSquareRootUnit.Latency() + ResultLevels;

    // The sums are kept, and so are the results.
    private const int KeptLevels = 1;
    private const int ResultLevels = 1;

    // The subtraction, and epsilon.
    private const int SumLevels = 2;

    /// <summary>Takes the sums.</summary>
    public readonly Signal Start = Input(Bit);

    /// <summary>Sum of each lane.</summary>
    public readonly Signal Totals = Input(SInt(ResidualStore.TotalBits(configuration)).Lanes(configuration.PacketLanes));

    /// <summary>Sum of squares of each lane.</summary>
    public readonly Signal Squares = Input(UInt(ResidualStore.SquareBits(configuration)).Lanes(configuration.PacketLanes));

    /// <summary>Epsilon, in units of E^2 * residual^2.</summary>
    public readonly Signal Epsilon = Input(UInt(64));

    /// <summary>What E times a value is reduced by: S1, the sum of all values.</summary>
    public readonly Signal Total = Output(SInt(SumBits(configuration)));

    /// <summary>Mantissa of 1 / sqrt(W), Q16.</summary>
    public readonly Signal Mantissa = Output(UInt(Formats.ReciprocalBits));

    /// <summary>k of W = m * 4^k.</summary>
    public readonly Signal Exponent = Output(UInt(ExponentBits(configuration)));

    /// <summary>1 for one cycle when the outputs are valid.</summary>
    public readonly Signal Done = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => "sums to mean and reciprocal deviation";

    /// <summary>Bits of S1.</summary>
    public static int SumBits(NodeConfiguration c) => ResidualStore.TotalBits(c) + Sizes.CeilLog2(c.PacketLanes);

    /// <summary>Bits of W: E^2 * 2^46 and a 64-bit epsilon.</summary>
    public static int VarianceBits(NodeConfiguration c) => Math.Max(64, (2 * Sizes.CeilLog2(c.Embed)) + (2 * c.Plan.Residual.Bits)) + 1;

    /// <summary>Bits of k.</summary>
    public static int ExponentBits(NodeConfiguration c) => Sizes.AddressBits((VarianceBits(c) + 1) / 2);

    /// <summary>What the mean is taken from: the sum of all values.</summary>
    protected virtual Signal Centre(Signal total) => total;

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var tree = Tree(c);
        var totalled = Start.DelayedReset(tree.Latency);
        var total = Centre(tree.Reduce(Totals, "total")).Registered(totalled, "keptTotal");
        var totalSquared = total.MultiplyWide(total, "square");
        var squares = tree.Reduce(Squares, "square").ScaledBy(c.Embed).ToSigned();
        var scaledSquares = squares.Registered(totalled.DelayedReset(FixedPoint.ScaleLevels(c.Embed)), "keptSquares");
        var difference = (scaledSquares - totalSquared).AsUnsigned().Resize(VarianceBits(c) - 1).Registered(name: "difference");
        var variance = (difference + Epsilon).Resize(VarianceBits(c)).Registered(name: "variance");

        Instance(out var root, new ReciprocalSquareRootUnit(VarianceBits(c)));
        root.Input.Valid.Drive(totalled.DelayedReset(VarianceLevels(c) - tree.Latency));
        root.Input.Data.Drive(variance);
        root.Output.Ready.Drive(1);
        Total.Drive(total);
        Mantissa.Drive(root.Output.Data.Mantissa.Registered(root.Output.Valid, "mantissa"));
        Exponent.Drive(root.Output.Data.Exponent.Registered(root.Output.Valid, "exponent"));
        Done.Drive(root.Output.Valid.RegisteredReset(0));
    }

    private static PipelinedTree Tree(NodeConfiguration c) => PipelinedTree.Sum(c.PacketLanes);

    /// <summary>The sums of the lanes; the square of one, beside which the other is scaled; the variance.</summary>
    private static int VarianceLevels(NodeConfiguration c) =>
        Tree(c).Latency + KeptLevels + WideProducts.WideLatency(SInt(SumBits(c)), SInt(SumBits(c))) + SumLevels;
}
