using System.Numerics;
using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>
/// The routers of a ring, with a test that plays the nodes: each node goes to its next stage as soon as its own packets and all others have landed, whether its neighbours have or not.
/// Every node gets every packet exactly once, at its place.
/// </summary>
public class RingRouterTests
{
    private const int MostCycles = 60_000;

    // Packets of each node in a stage, and whether they are exchanged. Shapes of this test have room for as many.
    private static readonly (int PerNode, bool Gather)[] Plan = [(8, true), (4, true), (12, false), (16, true), (4, false), (4, true), (8, true), (8, true)];

    [Theory]
    [InlineData(2, 1, 1, 0)]
    [InlineData(2, 4, 2, 1)]
    [InlineData(3, 1, 1, 1)]
    [InlineData(3, 2, 8, 0)]
    [InlineData(4, 1, 1, 0)]
    [InlineData(4, 4, 1, 5)]
    [InlineData(8, 1, 2, 1)]
    [InlineData(8, 2, 1, 0)]
    [InlineData(8, 4, 1, 1)]
    public void Every_node_gets_every_packet_once_at_its_place(int nodes, int block, int depth, int latency)
    {
        var c = Configuration(nodes) with { RingBlock = block, LinkDepth = depth, LinkLatency = latency };
        foreach (var hiding in new[] { true, false })
        {
            using var engine = Engines.Create(EngineKind.Compiled, new RouterRing((c with { TransmissionHiding = hiding }).Validated()));
            var seed = 1;
            foreach (var local in new[] { 0, 60, 95 })
            {
                foreach (var sink in new[] { 0, 80 })
                {
                    foreach (var link in new[] { 0, 50, 97 })
                    {
                        new Run(engine, c, seed++) { LocalStall = local, SinkStall = sink, LinkStall = link }.Check();
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_node_that_is_far_behind_misses_nothing(int nodes)
    {
        var c = (Configuration(nodes) with { LinkDepth = 1 }).Validated();
        using var engine = Engines.Create(EngineKind.Compiled, new RouterRing(c));
        for (var slow = 0; slow < nodes; slow++)
        {
            new Run(engine, c, seed: slow) { SlowNode = slow, LocalStall = 10, SinkStall = 10, LinkStall = 10 }.Check();
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_link_that_closes_for_long_delays_and_loses_nothing(int nodes)
    {
        var c = (Configuration(nodes) with { LinkDepth = 1, LinkLatency = 0 }).Validated();
        using var engine = Engines.Create(EngineKind.Compiled, new RouterRing(c));
        for (var seed = 0; seed < 40; seed++)
        {
            new Run(engine, c, seed) { Burst = 1 + (seed * 5) }.Check();
        }
    }

    private static NodeConfiguration Configuration(int nodes) =>
        new(Layers: 1, Heads: nodes, Embed: nodes * 32, FeedForward: nodes * 64, Context: 4, Channels: 4, Lanes: 4) { Nodes = nodes };

    /// <summary>One run through all stages.</summary>
    private sealed class Run
    {
        private readonly IEngine _engine;
        private readonly NodeConfiguration _c;
        private readonly Random _random;
        private readonly int[] _stage, _sent, _landedOwn;
        private readonly HashSet<int>[] _landed;
        private readonly bool[] _begins, _offers, _linkOpen;

        public Run(IEngine engine, NodeConfiguration c, int seed)
        {
            (_engine, _c, _random) = (engine, c, new Random(seed));
            (_stage, _sent, _landedOwn) = (new int[c.Nodes], new int[c.Nodes], new int[c.Nodes]);
            _landed = [.. Enumerable.Range(0, c.Nodes).Select(_ => new HashSet<int>())];
            (_begins, _offers, _linkOpen) = ([.. Enumerable.Repeat(true, c.Nodes)], new bool[c.Nodes], [.. Enumerable.Repeat(true, c.Nodes)]);
        }

        public int LocalStall { get; init; }

        public int SinkStall { get; init; }

        public int LinkStall { get; init; }

        /// <summary>A node that offers a packet only now and then; -1: none.</summary>
        public int SlowNode { get; init; } = -1;

        /// <summary>Links that close do so for about that many cycles; 0: they are drawn anew in every cycle.</summary>
        public int Burst { get; init; }

        public void Check()
        {
            _engine.ResetAll();
            for (var cycle = 0; cycle < MostCycles; cycle++)
            {
                for (var node = 0; node < _c.Nodes; node++)
                {
                    Drive(node);
                }

                _engine.Settle();
                for (var node = 0; node < _c.Nodes; node++)
                {
                    Sample(node);
                }

                _engine.Tick();
                if (_stage.All(s => s == Plan.Length))
                {
                    return;
                }
            }

            Assert.Fail($"deadlock or loss: after {MostCycles} cycles the nodes are in stages {string.Join(' ', _stage)} with {string.Join(' ', _landed.Select(l => l.Count))} packets landed, links {(Burst > 0 ? "in bursts" : $"{LinkStall} %")}");
        }

        private void Drive(int node)
        {
            var (perNode, gather) = _stage[node] < Plan.Length ? Plan[_stage[node]] : (1, false);
            _engine.Poke($"Begin{node}", _begins[node] ? 1 : 0);
            _engine.Poke($"Gather{node}", gather ? 1 : 0);
            _engine.Poke($"PerNode{node}", perNode);

            // A packet that was offered stays offered.
            var stall = node == SlowNode ? 98 : LocalStall;
            _offers[node] = _offers[node] || (!_begins[node] && _stage[node] < Plan.Length && _sent[node] < perNode && _random.Next(100) >= stall);
            _engine.Poke($"Local{node}_valid", _offers[node] ? 1 : 0);
            if (_offers[node])
            {
                _engine.PokeLanes($"Local{node}_data", Packet(_stage[node], node, _sent[node]));
            }

            _engine.Poke($"Buffers{node}_ready", _random.Next(100) >= SinkStall ? 1 : 0);
            _linkOpen[node] = Burst > 0 ? _linkOpen[node] ^ (_random.Next(Burst) == 0) : _random.Next(100) >= LinkStall;
            _engine.Poke($"LinkOpen{node}", _linkOpen[node] ? 1 : 0);
        }

        private void Sample(int node)
        {
            var wasBegin = _begins[node];
            _begins[node] = false;
            if (_stage[node] == Plan.Length)
            {
                Assert.Equal(0, _engine.Peek($"Buffers{node}_valid"));
                return;
            }

            var (perNode, gather) = Plan[_stage[node]];
            if (_engine.Peek($"Awaits{node}") == 1)
            {
                // The last packet may have gone to the node's own buffers and wait for the link.
                Assert.True(gather && _sent[node] + (_offers[node] ? 1 : 0) == perNode && _landed[node].Count < _c.Nodes * perNode, "a node awaits others only when its own packets are complete and theirs aren't");
            }

            if (_offers[node] && _engine.Peek($"Local{node}_ready") == 1)
            {
                (_offers[node], _sent[node]) = (false, _sent[node] + 1);
            }

            if (_engine.Peek($"Buffers{node}_valid") == 1 && _engine.Peek($"Buffers{node}_ready") == 1)
            {
                Land(node, perNode, gather);
            }

            if (!wasBegin && _landed[node].Count == (gather ? _c.Nodes : 1) * perNode && _engine.Peek($"Sent{node}") == 1)
            {
                (_stage[node], _sent[node], _landedOwn[node], _begins[node]) = (_stage[node] + 1, 0, 0, _stage[node] + 1 < Plan.Length);
                _landed[node].Clear();
            }
        }

        private void Land(int node, int perNode, bool gather)
        {
            var index = (int)_engine.Peek($"Buffers{node}_Index");
            var own = _engine.Peek($"Buffers{node}_Own") == 1;
            var (source, number) = gather ? (index / perNode, index % perNode) : (node, index);
            Assert.True(source < _c.Nodes, $"node {node} got a packet for place {index}, outside the vector");
            Assert.Equal(source == node, own);
            Assert.True(_landed[node].Add(index), $"node {node} got place {index} twice");
            Assert.Equal(Packet(_stage[node], source, number), _engine.PeekLanes($"Buffers{node}_Values"));
            if (own)
            {
                Assert.Equal(_landedOwn[node]++, number);
            }
        }

        // Different for every packet of a run.
        private BigInteger[] Packet(int stage, int node, int number) =>
            [.. Enumerable.Range(0, _c.PacketLanes).Select(lane => (BigInteger)((((((stage * 8) + node) * 16) + number) * _c.PacketLanes) + lane - 2000))];
    }
}
