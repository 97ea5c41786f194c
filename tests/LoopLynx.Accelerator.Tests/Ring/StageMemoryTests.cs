using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Cli.Simulation;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;
using LoopLynx.Sim.Memory;

namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>
/// What each node's memories hold when it leaves a stage is the golden model's intermediate vector: activations and residual are whole, and the same, on every node; q, k and v are those of its heads.
/// </summary>
public class StageMemoryTests
{
    private const int Past = 3;
    private const int MostCycles = 200_000;

    [Theory]
    [InlineData("fast", 1)]
    [InlineData("fast", 2)]
    [InlineData("paper", 2)]
    [InlineData("fast", 3)]
    [InlineData("fast", 4)]
    [InlineData("paper", 4)]
    [InlineData("paper", 8)]
    public void Every_node_holds_the_golden_vectors_after_every_stage(string preset, int nodes)
    {
        var c = Machines.Preset(preset, nodes).Validated();
        var model = new TestModel(c);
        var (golden, trace) = (new GoldenModel(model.Model), new GoldenTrace(model.Model.Description));
        golden.Cache.FillSynthetic(Past, seed: 5);
        Machine.WriteCache(model.Image, model.Map, golden.Cache, Past);
        var embedding = model.Model.Embed(7, Past).ToArray();
        golden.Step(embedding, Past, trace);

        using var engine = (IStateEngine)Engines.Create(EngineKind.Compiled, new StallingRing(c));
        var random = new Random(1);
        AxiChannel[] channels = [.. model.Image.Select((bytes, i) => new AxiChannel(engine, $"Channel{i}", bytes, new("rough", 9) { StallProbability = 0.1, LatencyJitter = 20 }, i))];
        engine.ResetAll();
        var (stages, layers, compared, sent, tokenSent) = (new Stage[nodes], new int[nodes], 0, 0, false);
        for (var cycle = 0; !stages.All(stage => stage == Stage.Emit); cycle++)
        {
            Assert.True(cycle < MostCycles, $"after {MostCycles} cycles the nodes are in {string.Join(", ", stages)}");
            engine.Poke("Token_valid", tokenSent ? 0 : 1);
            engine.Poke("Token_data", Past);
            engine.Poke("Embedding_valid", sent < c.Embed / c.PacketLanes ? 1 : 0);
            engine.PokeLanes("Embedding_data", Values.Big(embedding.Skip(sent * c.PacketLanes % c.Embed).Take(c.PacketLanes)));
            for (var i = 0; i < nodes; i++)
            {
                engine.Poke($"LinkOpen{i}", random.Next(3) == 0 ? 0 : 1);
            }

            foreach (var channel in channels)
            {
                channel.Drive();
            }

            engine.Settle();
            foreach (var channel in channels)
            {
                channel.Sample();
            }

            for (var node = 0; node < nodes; node++)
            {
                var stage = (Stage)(int)engine.Peek($"Stage{node}");
                if (stage != stages[node])
                {
                    compared += Compare(engine, c, trace.Layers[Math.Min(layers[node], c.Layers - 1)], node, stages[node]);
                    layers[node] += stages[node] == Stage.FeedForward2 ? 1 : 0;
                    stages[node] = stage;
                }
            }

            tokenSent |= engine.Peek("Token_ready") == 1;
            sent += engine.Peek("Embedding_ready") == 1 && sent < c.Embed / c.PacketLanes ? 1 : 0;
            engine.Tick();
        }

        Assert.Equal(nodes * c.Layers * 7, compared);
    }

    /// <summary>Compares what the stage has filled with the golden vector.</summary>
    /// <returns>Vectors compared.</returns>
    private static int Compare(IStateEngine engine, NodeConfiguration c, LayerTrace golden, int node, Stage left)
    {
        int[] Stored() => golden[$"{left}"].Stored.Values;
        void Activations(int first) =>
            Assert.Equal(Stored(), Contents(engine, $"node{node}.activations.rows").Skip(first * c.SliceLanes).Take(Stored().Length));
        void Residual() => Assert.Equal(Stored(), Contents(engine, $"node{node}.norm.store.vector"));
        var head = 3 * c.HeadDim * c.NodeHeads;
        switch (left)
        {
            case Stage.Norm1: Activations(ActivationRows.Vector); return 1;
            case Stage.Qkv: Assert.Equal(Stored().Skip(node * head).Take(head), Contents(engine, $"node{node}.heads.rows")); return 1;
            case Stage.Attention: Activations(ActivationRows.Vector); return 1;
            case Stage.Project: Residual(); return 1;
            case Stage.Norm2: Activations(ActivationRows.Vector); return 1;
            case Stage.FeedForward1: Activations(ActivationRows.Hidden(c)); return 1;
            case Stage.FeedForward2: Residual(); return 1;
            default: return 0;
        }
    }

    // All rows of a memory, lane after lane.
    private static IEnumerable<int> Contents(IStateEngine engine, string path)
    {
        var memory = engine.Layout.Flat.Memories.Single(m => m.Name == path);
        var values = new int[memory.Depth * memory.RowType.Lanes];
        for (var i = 0; i < values.Length; i++)
        {
            var (row, lane) = (i / memory.RowType.Lanes, i % memory.RowType.Lanes);
            values[i] = (int)LaneStorage.Read(engine.State[(engine.Layout.Offset(memory) + (row * StateLayout.RowBytes(memory)))..], memory.RowType, lane);
        }

        return values;
    }
}
