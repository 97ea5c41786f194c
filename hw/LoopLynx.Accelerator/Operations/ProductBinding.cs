using System.Numerics;

namespace LoopLynx.Accelerator;

/// <summary>Products: the matrix processor with requantisation, and the activation function behind the exchange.</summary>
public sealed record ProductBinding : KernelBinding
{
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
        processor.Activations.Connect(node.Activations.Reader);
        var (low, high) = new ResultRange(node, steps).Of(requantise.Input);
        requantise.Input.Drive(processor.Rows.Map(r => new RequantiseInput(r.Accumulator, r.Constants, low, high)));
        node.Results.Add(requantise.Output, steps);
        BuildUnary(node, [.. steps.Where(s => s.Step.Unary is not null)]);
    }

    /// <inheritdoc/>
    public override long Cycles(LatencyWalk walk, ProgramStep step)
    {
        walk.Waiting();
        var c = walk.Configuration;
        var layout = c.Map.ProductOf(((Product)step.Operation).Matrix);
        var perRow = c.Channels / c.PacketLanes;
        var rows = layout.Groups(c.Channels) * layout.GroupRows;
        var landing = new LandingLatency(c, step.Exchanges);

        // The first rows one by one, as far as the first block of the ring goes; then one packet a cycle, if the last row has no more to say.
        var single = (int)Math.Min(rows - 1, (c.RingBlock / perRow) + 1);
        for (var row = 0; row < single; row++)
        {
            landing.Burst(Requantised(walk, layout, row), row == single - 1 ? perRow * (rows - single) : perRow);
        }

        landing.Burst(Requantised(walk, layout, rows - 1), perRow);
        walk.Take(layout.Section.Beats);
        return landing.Last() + Behind(c, step) + StageControl.Latency;
    }

    /// <summary>Cycle in which a row's first packet comes to the router: its last beat is taken when the products have come to it, and memory has.</summary>
    private static long Requantised(LatencyWalk walk, ProductLayout layout, long row)
    {
        var c = walk.Configuration;
        var beats = (((row / layout.GroupRows) + 1) * layout.ConstantBeats) + ((row + 1) * layout.WeightBeats);
        var taken = Math.Max(StageControl.CommandLatency + MatrixProcessor.StartLatency + beats - 1, walk.Arrival(beats));
        return taken + MatrixProcessor.Latency(c) + RequantiseUnit.Latency(c.Plan, c.AccumulatorBits);
    }

    /// <summary>Cycles from the last packet behind the router to the end of the step.</summary>
    private static int Behind(NodeConfiguration c, ProgramStep step) => step.Step switch
    {
        { AddsToResidual: true } => ResidualStore.AddLatency(c),
        { Unary: not null } => GeluUnit.Latency + StageCompletion.Latency,
        _ when Buffers.IsActivation(step.Result!.Buffer) => ResultRouting.VectorLatency + StageCompletion.Latency,
        _ => StageCompletion.Latency,
    };

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
