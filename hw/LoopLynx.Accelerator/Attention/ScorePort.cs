namespace LoopLynx.Accelerator;

/// <summary>
/// Rows of scores and the heads' maxima, seen from where they are computed. Parity tells the two heads under way apart. Nothing holds a row back.
/// </summary>
/// <param name="c">The node.</param>
public sealed class ScorePort(NodeConfiguration c) : PortBundle
{
    /// <summary>A row of scores is complete.</summary>
    public readonly Signal Valid = Output(Bit);

    /// <summary>Its head's parity.</summary>
    public readonly Signal Parity = Output(Bit);

    /// <summary>Its number.</summary>
    public readonly Signal Row = Output(UInt(HeadSequencer.RowBits(c)));

    /// <summary>Its scores, one a position; the lowest value where a position doesn't count.</summary>
    public readonly Signal Values = Output(Score(c).Lanes(c.PositionsPerRow));

    /// <summary>A head's last row was complete in the cycle before.</summary>
    public readonly Signal HeadDone = Output(Bit);

    /// <summary>Largest score of the even head last completed; it stays until the next even head is complete.</summary>
    public readonly Signal EvenMaximum = Output(Score(c));

    /// <summary>Largest score of the odd head last completed.</summary>
    public readonly Signal OddMaximum = Output(Score(c));

    private static HdlType Score(NodeConfiguration c) => SInt(c.Plan.ScoreBits(c.HeadDim));
}
