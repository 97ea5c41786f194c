namespace LoopLynx.Accelerator;

/// <summary>Norms: passes over the residual. A norm of another kind is a record derived from this one that gives other statistics.</summary>
public record NormBinding : KernelBinding
{
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
            node.Results.Add(node.Residual.Normalised.Map(w => w.Values.Extend(c.Types.Result.Width)), steps);
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
        var first = LayerNormKernel.Latency(c);
        var landed = step.Exchanges ? Exchanged(c, first) : first + walk.Packets - 1;
        return landed + ResultRouting.VectorLatency + StageCompletion.Latency + StageControl.Latency;
    }

    private static long Exchanged(NodeConfiguration c, long first)
    {
        var landing = new LandingLatency(c, exchanges: true);
        landing.Burst(first, ResidualStore.RowCount(c) / c.Nodes);
        return landing.Last();
    }
}
