namespace LoopLynx.Accelerator;

/// <summary>
/// One MAC array for scores and for mixing, which take turns: a row of K times the query, summed up over the dimensions of each position, or a row of V times
/// the probabilities, summed up over the positions of each dimension.
/// </summary>
/// <remarks>
/// A row a cycle, free-running; both kinds of sums come after as many cycles as those of <see cref="DotProduct"/>, and mean something only for a row of their
/// kind. Source: LoopLynx III-D, Fig. 6(b), where each has an array of its own.
/// </remarks>
public sealed class AttentionArray(NodeConfiguration configuration) : Module
{
    // Bits of an operand that one copy of the choice selects.
    private const int SelectedBits = 128;

    /// <summary>The next cycle's row is one of V.</summary>
    public readonly Signal IsValue = Input(Bit);

    /// <summary>Keys or values: [position][dimension].</summary>
    public readonly Signal Row = Input(Vector(configuration).Lanes(configuration.KvBytes));

    /// <summary>The head's query.</summary>
    public readonly Signal Query = Input(configuration.Types.Query.Lanes(configuration.HeadLanes));

    /// <summary>Probabilities of the row's positions.</summary>
    public readonly Signal Probabilities = Input(configuration.Types.Probability.Lanes(configuration.PositionsPerRow));

    /// <summary>Of a row of K, each position's sum.</summary>
    public readonly Signal Scores = Output(ScoreType(configuration).Lanes(configuration.PositionsPerRow));

    /// <summary>Of a row of V, each dimension's sum.</summary>
    public readonly Signal Mixed = Output(MixType(configuration).Lanes(configuration.HeadLanes));

    /// <inheritdoc/>
    public override string Summary => $"{configuration.KvBytes} multipliers of scores and mixing";

    /// <summary>Cycles from a row of K to its sums.</summary>
    public static int ScoreLatency(NodeConfiguration c) => DotProduct.Latency(c.HeadLanes);

    /// <summary>Cycles from a row of V to its sums.</summary>
    public static int MixLatency(NodeConfiguration c) => DotProduct.Latency(c.PositionsPerRow);

    /// <summary>Type of a position's sum.</summary>
    public static HdlType ScoreType(NodeConfiguration c) => DotProduct.SumType(c.HeadLanes, c.Types.Key, c.Types.Query);

    /// <summary>Type of a dimension's sum.</summary>
    public static HdlType MixType(NodeConfiguration c) => DotProduct.SumType(c.PositionsPerRow, c.Types.Value, Weight(c));

    /// <inheritdoc/>
    protected override void Build()
    {
        var c = configuration;
        var (positions, dimensions) = (c.PositionsPerRow, c.HeadLanes);
        var tiles = Instances(positions, _ => new ProductTile(Vector(c).Lanes(dimensions), Factor(c).Lanes(dimensions)), "tile");
        var factors = Factors();
        foreach (var (tile, i) in tiles.Select((t, i) => (t, i)))
        {
            tile.A.Drive(Row.LaneSlice(i * dimensions, dimensions));
            tile.B.Drive(factors.LaneSlice(i * dimensions, dimensions));
        }

        // The sums of the other kind of row are of no use, and do no harm.
        var products = SignalLanes.JoinLanes([.. tiles.Select(t => t.Product)]);
        var scores = products.Truncate(c.Types.Key.Width + c.Types.Query.Width);
        Scores.Drive(PipelinedTree.Sum(dimensions).Reduce(scores, "score"));
        var byDimension = Enumerable.Range(0, positions * dimensions).Select(i => (i % positions * dimensions) + (i / positions));
        var mixed = products.Truncate(c.Types.Value.Width + Weight(c).Width).LaneMap(byDimension);
        Mixed.Drive(PipelinedTree.Sum(positions).Reduce(mixed, "mixed"));
    }

    /// <summary>What each lane of the row is multiplied with: its dimension of the query, or its position's probability.</summary>
    private Signal Factors()
    {
        var c = configuration;
        var factor = Factor(c);
        var share = Math.Max(1, Math.Min(c.KvBytes, 1 << Sizes.CeilLog2(SelectedBits / factor.Width)));
        var isValue = IsValue.Copies(c.KvBytes / share, name: "isValue").Spread(c.KvBytes, share);
        var probabilities = Probabilities.ToSigned().Resize(factor.Width).RepeatLanes(c.HeadLanes);
        return Mux(isValue, probabilities, Query.Resize(factor.Width).Tile(c.PositionsPerRow));
    }

    private static HdlType Weight(NodeConfiguration c) => SInt(c.Types.Probability.Width + 1);

    private static HdlType Vector(NodeConfiguration c) => SInt(Math.Max(c.Types.Key.Width, c.Types.Value.Width));

    private static HdlType Factor(NodeConfiguration c) => SInt(Math.Max(c.Types.Query.Width, Weight(c).Width));
}
