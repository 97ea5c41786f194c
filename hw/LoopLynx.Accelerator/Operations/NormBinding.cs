namespace LoopLynx.Accelerator;

/// <summary>Norms: passes over the residual. A norm of another kind is a record derived from this one that gives other statistics.</summary>
public record NormBinding : KernelBinding
{
    // Beyond the statistics: start of the sweep, the store's read, the normaliser's levels, the buffer, the landed count and the scheduler.
    private const int SweepTail = 12;

    // Without fusion the sums are a pass of their own, which ends as long after its last row.
    private const int SumTail = 4;

    // Normalised packets that go round the ring pass the router.
    private const int RouterLevels = 1;

    /// <inheritdoc/>
    public override string Kernel => "norm";

    /// <summary>The unit that turns a vector's sums into what its elements are reduced by and divided by.</summary>
    public virtual NormStatistics Statistics(NodeConfiguration c) => new(c);

    /// <inheritdoc/>
    public override void Build(NodeRooms node, IReadOnlyList<ProgramStep> steps)
    {
        var c = node.Configuration;
        node.Residual.StartNormalise.Drive(node.Stage.Begins(steps));
        node.Residual.Slot.Drive(node.Stage.Choose(node.Residual.Slot.Type, steps, s => ((Normalise)s.Operation).Slot, otherwise: 0));
        if (c.SharesNorm)
        {
            node.Results.Add(node.Residual.Normalised.Map(w => w.Values.Extend(c.Types.Result.Width)));
        }
        else
        {
            node.Results.AddLanded(node.Residual.Normalised);
        }
    }

    /// <inheritdoc/>
    public override long Cycles(LatencyWalk walk, ProgramStep step)
    {
        var c = walk.Configuration;
        var sums = NormStatistics.Latency + SweepTail + (c.FusedNorm ? 0 : walk.Packets + SumTail);
        if (!step.Exchanges)
        {
            return sums + walk.Packets;
        }

        var part = walk.Packets / c.Nodes;
        return sums + RouterLevels + (c.TransmissionHiding ? Math.Max(walk.Packets, part + walk.RingTail(part)) : part + walk.Packets);
    }
}
