namespace LoopLynx.Accelerator;

/// <summary>Loading, constants, flushing and emitting: what moves data between the host, the memory and the kernels.</summary>
public sealed record TransportBinding : KernelBinding
{
    /// <inheritdoc/>
    public override string Kernel => "transport";

    /// <inheritdoc/>
    public override void Build(NodeRooms node, IReadOnlyList<ProgramStep> steps)
    {
        foreach (var step in steps)
        {
            switch (((Transport)step.Operation).Kind)
            {
                case TransportKind.Load:
                    Load(node, step);
                    break;
                case TransportKind.Constants:
                    node.Loader.Start.Drive(node.Stage.Begins(step));
                    node.Completion.Done(step, node.Loader.Done);
                    break;
                case TransportKind.Flush:
                    node.Completion.Done(step, node.WritesDone);
                    break;
                default:
                    node.Residual.StartEmit.Drive(node.Stage.Begins(step));
                    node.Node.Hidden.Drive(node.Residual.Hidden);
                    node.Completion.Done(step, node.Residual.Done);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override long Cycles(LatencyWalk walk, ProgramStep step) => ((Transport)step.Operation).Kind switch
    {
        TransportKind.Load => walk.Packets - 1 + ResidualStore.LoadLatency(walk.Configuration) + StageControl.Latency,
        TransportKind.Constants => Constants(walk, step),
        TransportKind.Flush => Math.Max(StageCompletion.EarliestEnd, walk.WritesAnswered - walk.Now) + StageControl.Latency,
        _ => ResidualStore.SweepLatency + walk.Packets,
    };

    private static void Load(NodeRooms node, ProgramStep step)
    {
        var packets = node.Configuration.Embed / node.Configuration.PacketLanes;
        var embedding = node.Node.Embedding;
        var loading = node.Stage.In(step);
        Counter(out var loaded, UInt(Sizes.BitsFor(packets)));
        // Cleared outside the step, not by its first cycle: a packet can move in that one, and the next token's packets may wait behind this token's.
        When(!loading, () => loaded.Clear()).ElseWhen(embedding.Fire, () => loaded.Step());
        node.Residual.Embedding.Drive(embedding.Gate(loading & loaded.Value != packets, "embedding"));
        node.Completion.Done(step, node.Residual.Updated);
    }

    /// <summary>One super-beat after the other; the activation function's unit takes its tables as many entries a cycle as it has banks.</summary>
    private static long Constants(LatencyWalk walk, ProgramStep step)
    {
        walk.Waiting();
        var tableCycles = GeluUnit.CyclesPerBeat(walk.Configuration);
        var (beats, next, taken) = (0L, (long)ConstantLoader.StartLatency, 0L);
        foreach (var section in step.Reads)
        {
            var waits = section.Receiver == Receivers.Unary ? tableCycles - 1 : 0;
            for (var end = beats + walk.Configuration.Map[section.Name].Beats; beats < end;)
            {
                var seen = Math.Max(next, walk.Arrival(++beats));
                taken = seen + ConstantLoader.OfferLatency + waits;
                next = seen + ConstantLoader.BeatCycles(section.Receiver) + waits;
            }
        }

        walk.Take(beats);
        return taken + ConstantLoader.DoneLatency + StageControl.Latency;
    }
}
