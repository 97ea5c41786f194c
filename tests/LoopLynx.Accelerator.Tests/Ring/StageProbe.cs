using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>Opens and closes the links at random, and compares a node's memories with the golden vectors whenever it leaves a stage.</summary>
internal sealed class StageProbe(IStateEngine engine, NodeConfiguration c, GoldenTrace golden) : CycleProbe
{
    private readonly Random _random = new(1);
    private readonly Stage[] _stages = new Stage[c.Nodes];
    private readonly int[] _layers = new int[c.Nodes];

    /// <summary>Vectors compared.</summary>
    public int Compared { get; private set; }

    public override void Driven()
    {
        for (var i = 0; i < c.Nodes; i++)
        {
            engine.Poke(StallingLink.Port(i), _random.Next(3) == 0 ? 0 : 1);
        }
    }

    public override void Settled()
    {
        for (var node = 0; node < c.Nodes; node++)
        {
            var stage = (Stage)(int)engine.PeekNet($"{SimulationTop.Instance}.node{node}.{nameof(LoopLynxNode.CurrentStage)}")[0];
            if (stage != _stages[node])
            {
                Compared += Compare(golden.Layers[Math.Min(_layers[node], c.Layers - 1)], node, _stages[node]);
                _layers[node] += _stages[node] == Stage.FeedForward2 ? 1 : 0;
                _stages[node] = stage;
            }
        }
    }

    /// <summary>Compares what the stage has filled with the golden vector.</summary>
    /// <returns>Vectors compared.</returns>
    private int Compare(LayerTrace golden, int node, Stage left)
    {
        int[] Stored() => golden[$"{left}"].Stored.Values;
        void Activations(int first) =>
            Assert.Equal(Stored(), Contents($"node{node}.activations.rows").Skip(first * c.SliceLanes).Take(Stored().Length));
        void Residual() => Assert.Equal(Stored(), Contents($"node{node}.norm.store.vector"));
        var head = 3 * c.HeadDim * c.NodeHeads;
        switch (left)
        {
            case Stage.Norm1: Activations(ActivationRows.Vector); return 1;
            case Stage.Qkv: Assert.Equal(Stored().Skip(node * head).Take(head), Heads(node)); return 1;
            case Stage.Attention: Activations(ActivationRows.Vector); return 1;
            case Stage.Project: Residual(); return 1;
            case Stage.Norm2: Activations(ActivationRows.Vector); return 1;
            case Stage.FeedForward1: Activations(ActivationRows.Hidden(c)); return 1;
            case Stage.FeedForward2: Residual(); return 1;
            default: return 0;
        }
    }

    // Rows of the head buffer, lane after lane: each lies in several banks, and a lane of a bank is a packet.
    private List<int> Heads(int node)
    {
        var width = c.Types.Head.Width;
        var prefix = $"{SimulationTop.Instance}.node{node}.heads.query";
        var banks = Enumerable.Range(0, int.MaxValue).Select(i => $"{prefix}{i}.values").TakeWhile(name => engine.Layout.Flat.Memories.Any(m => m.Name == name))
            .Select(name => engine.Layout.Flat.Memories.Single(m => m.Name == name)).ToList();
        var values = new List<int>();
        for (var row = 0; row < HeadBuffer.Rows(c); row++)
        {
            foreach (var bank in banks)
            {
                for (var packet = 0; packet < bank.RowType.Lanes; packet++)
                {
                    var bits = LaneStorage.Read(engine.State[(engine.Layout.Offset(bank) + (row * StateLayout.RowBytes(bank)))..], bank.RowType, packet);
                    values.AddRange(Enumerable.Range(0, c.PacketLanes).Select(i => (int)(sbyte)(int)((bits >> (i * width)) & 0xff)));
                }
            }
        }

        return values;
    }

    // All rows of a memory, lane after lane.
    private IEnumerable<int> Contents(string path)
    {
        var memory = engine.Layout.Flat.Memories.Single(m => m.Name == $"{SimulationTop.Instance}.{path}");
        var values = new int[memory.Depth * memory.RowType.Lanes];
        for (var i = 0; i < values.Length; i++)
        {
            var (row, lane) = (i / memory.RowType.Lanes, i % memory.RowType.Lanes);
            values[i] = (int)LaneStorage.Read(engine.State[(engine.Layout.Offset(memory) + (row * StateLayout.RowBytes(memory)))..], memory.RowType, lane);
        }

        return values;
    }
}
