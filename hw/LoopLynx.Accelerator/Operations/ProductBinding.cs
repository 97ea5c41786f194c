using System.Numerics;

namespace LoopLynx.Accelerator;

/// <summary>Products: the matrix processor with requantisation, and the activation function behind the exchange.</summary>
public sealed record ProductBinding : KernelBinding
{
    // From the last beat of a product to the end of its step, beyond the slice's own latency: operand register 1, result FIFO 1, requantise 6, router 1, buffer
    // 1, landed 1, scheduler 1.
    private const int Tail = 12;

    // Results that go to the residual pass its adder and sums; those with an activation function its unit.
    private const int ResidualTail = 3;
    private const int UnaryTail = 4;

    /// <inheritdoc/>
    public override string Kernel => "product";

    /// <inheritdoc/>
    public override void Build(NodeRooms node, IReadOnlyList<ProgramStep> steps)
    {
        var c = node.Configuration;
        Instance(out var processor, new MatrixProcessor(c));
        Instance(out var requantise, new RequantiseUnit(c.PacketLanes, c.Plan, c.AccumulatorBits));
        processor.Command.Drive(node.Stage.Matrix);
        processor.Beats.Drive(node.Weights);
        node.Starves(processor.Beats);
        node.Activations.Address.Drive(processor.ActivationAddress);
        processor.ActivationRow.Drive(node.Activations.Row);
        var (low, high) = new ResultRange(node, steps).Of(requantise.Input);
        requantise.Input.Drive(processor.Rows.Map(r => new RequantiseInput(r.Accumulator, r.Constants, low, high)));
        node.Results.Add(requantise.Output);
        BuildUnary(node, [.. steps.Where(s => s.Step.Unary is not null)]);
    }

    /// <inheritdoc/>
    public override long Cycles(LatencyWalk walk, ProgramStep step)
    {
        walk.Waiting();
        var c = walk.Configuration;
        var layout = c.Map.ProductOf(((Product)step.Operation).Matrix);
        var beats = layout.Section.Beats;
        var firstRow = layout.ConstantBeats + layout.WeightBeats;
        var perRow = c.Channels / c.PacketLanes;
        var exchanged = step.Exchanges && c.Nodes > 1;
        long packets = c.Program.LandingPackets(step);
        var lastTaken = Math.Max(1 + beats, walk.Arrival(beats));
        var firstTaken = Math.Max(1 + firstRow, walk.Arrival(firstRow));
        walk.Take(beats);
        var behind = Behind(walk, step);
        var tail = Tail + MatrixSlice.Latency(c.SliceLanes) + perRow - 1;
        var computed = lastTaken + tail - 1 + behind;

        // The other bound: one packet lands a cycle, from the first row on.
        long Written(long count) => firstTaken + tail - perRow + behind + count - 1;
        if (exchanged && !c.TransmissionHiding)
        {
            return Math.Max(computed, Written(packets / c.Nodes)) + packets;
        }

        return Math.Max(computed + (exchanged ? walk.RingTail(perRow) : 0), Written(packets));
    }

    /// <summary>What results pass behind the router; without fusion those of the residual are added in a pass of their own.</summary>
    private static long Behind(LatencyWalk walk, ProgramStep step)
    {
        if (step.Step.AddsToResidual)
        {
            return ResidualTail + (walk.Configuration.FusedNorm ? 0 : walk.Packets + 1);
        }

        return step.Step.Unary is null ? 0 : UnaryTail;
    }

    private static void BuildUnary(NodeRooms node, IReadOnlyList<ProgramStep> steps)
    {
        if (steps.Count == 0)
        {
            // No step needs the unit: nothing comes to it, and nothing from it.
            node.Results.To(ResultPlace.Unary).Ready.Drive(1);
            var hidden = node.Activations.Hidden;
            hidden.Valid.Drive(0);
            hidden.Data.Index.Drive(0);
            hidden.Data.Values.Drive(0);
            return;
        }

        Instance(out var gelu, new GeluUnit(node.Configuration));
        gelu.Table.Drive(node.Loader.To(Receivers.Unary));
        gelu.Restart.Drive(node.Stage.Begins(node.Program.Constants));
        gelu.Slot.Drive(node.Stage.Choose(gelu.Slot.Type, steps, s => s.Step.Unary!.Slot));
        gelu.Input.Drive(node.Results.To(ResultPlace.Unary));
        node.Activations.Hidden.Drive(gelu.Output);
    }
}
