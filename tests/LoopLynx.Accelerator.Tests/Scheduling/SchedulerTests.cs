using System.Numerics;
using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Scheduling;

/// <summary>The order of stages over all layers, one begin a stage, and the products' sizes.</summary>
public class SchedulerTests
{
    private static readonly Stage[] Block =
        [Stage.Constants, Stage.Norm1, Stage.Qkv, Stage.Attention, Stage.Project, Stage.Norm2, Stage.FeedForward1, Stage.FeedForward2];

    [Theory]
    [InProcess(1, 1, 1)]
    [InProcess(3, 1, 1)]
    [InProcess(2, 2, 1)]
    [InProcess(2, 1, 2)]
    public void Runs_every_layer_from_top_to_bottom(EngineKind kind, int layers, int nodes, int columns)
    {
        var (c, random) = ((Small.Equal with { Layers = layers, Nodes = nodes, Columns = columns }).Validated(), new Random(1));
        using var engine = Engines.Create(kind, new Scheduler(c));
        var bench = new Bench(engine);
        bench.Collect("Matrix", Enumerable.Repeat(Products(c), 2 * layers).SelectMany(p => p), stallPercent: 40);
        foreach (var position in new[] { 3, c.Context - 1 })
        {
            bench.Feed("Token", [Beat.Of(position)], stallPercent: 50);
            foreach (var stage in (Stage[])[Stage.Load, .. Enumerable.Repeat(Block, layers).SelectMany(b => b), Stage.Flush, Stage.Emit])
            {
                bench.Run(100, () => engine.Peek("Begin") == 1);
                bench.Expect("Current", (int)stage);
                bench.Expect("Position", position);
                for (var cycle = random.Next(1, 20); cycle > 0; cycle--)
                {
                    bench.Step();
                    bench.Expect("Begin", 0);
                    bench.Expect("Current", (int)stage);
                    bench.Expect("Token_ready", 0);
                }

                // A product's command must have been taken before its stage can end.
                bench.Run(100, () => engine.Peek("Matrix_valid") == 0);
                bench.Pulse("StageDone");
            }

            bench.Expect("Current", (int)Stage.Idle);
            bench.Expect("Begin", 0);
        }

        bench.RunToEnd();
    }

    private static Beat[] Products(NodeConfiguration c)
    {
        Beat Of(int rows, int columns, BigInteger input) => Beat.Of((rows / c.Nodes / c.Channels / c.RowsPerGroup) - 1, (columns / c.SliceLanes) - 1, input);
        return
        [
            Of(3 * c.Embed, c.Embed, ActivationRows.Vector), Of(c.Embed, c.Embed, ActivationRows.Vector),
            Of(c.FeedForward, c.Embed, ActivationRows.Vector), Of(c.Embed, c.FeedForward, ActivationRows.Hidden(c)),
        ];
    }
}
