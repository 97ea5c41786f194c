using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Streams;

/// <summary>Every stream combinator, alone and composed.</summary>
internal static class StreamCases
{
    private static readonly HdlType Word = UInt(16);
    private static readonly HdlType Quad = UInt(16) * 4;

    public static IReadOnlyList<StreamCase> All { get; } =
    [
        Simple("stage", s => s.Stage(), n => n + 1),
        Simple("skid", s => s.Skid(), n => n),
        Simple("isolate", s => s.Isolate(), n => n + 1),
        Simple("stages", s => s.Stage().Stage().Skid().Stage(), n => n + 3),
        .. Fifos(MemoryStyle.Distributed, latency: 1),
        .. Fifos(MemoryStyle.Auto, latency: 1),
        // The memory, its own register, its output register.
        .. Fifos(MemoryStyle.Block, latency: 3),
        .. Fifos(MemoryStyle.Ultra, latency: 3),
        .. new[] { 1, 2, 3 }.Select(depth => Simple($"fifoLateValid{depth}", s => s.Fifo(depth, lateValid: true), n => depth == 1 ? 2 * n : n + 1)),
        Simple("stageFar", s => s.Stage(isFar: true), n => n + 1),
        Simple("skidFar", s => s.Skid(isFar: true), n => n),
        Simple("isolateFar", s => s.Isolate(isFar: true), n => n + 1),
        Wide("isolateFarWide", s => s.Isolate(isFar: true), n => n + 1),
        .. new[] { 1, 2, 3, 4 }.Select(depth => Simple($"fifoPieces{depth}", s => InPieces(s, depth), n => depth == 1 ? 2 * n : n + 1)),
        Wide("skidWide", s => s.Skid(), n => n),
        Wide("isolateWide", s => s.Isolate(), n => n + 1),
        .. new[] { 1, 2, 3 }.Select(depth => Wide($"fifoWide{depth}", s => s.Fifo(depth), n => depth == 1 ? 2 * n : n + 1)),
        Simple("map", s => s.Map(x => (x * 3).Truncate(16)), n => n) with { Expected = Each(x => x * 3 & 0xffff) },
        Simple("gate", s => s.Gate(EveryThird())) with { IsStable = false },
        Simple("drop", s => s.DropWhen(s.Data[0])) with { Expected = ins => [[.. ins[0].Where(b => b.Value.IsEven)]] },
        Simple("dropStaged", s => s.DropWhen(s.Data[0]).Stage()) with { Expected = ins => [[.. ins[0].Where(b => b.Value.IsEven)]] },
        Simple("pipeline1", s => s.Pipeline(1, x => x.WrapAdd(7).Registered()), n => n + 2) with { Expected = Each(x => x + 7 & 0xffff) },
        Simple("pipeline4", s => s.Pipeline(4, x => x.Registered().Registered().WrapAdd(7).Registered().Registered()), n => n + 5) with { Expected = Each(x => x + 7 & 0xffff) },
        new("sum", [Quad], [UInt(18)], s => [s[0].Pipeline(2, x => x.SumPipelined(4))])
        {
            Expected = ins => [Beat.Each(ins[0].Select(b => b[0].Aggregate(BigInteger.Add)))],
            Cycles = n => n + 3,
        },
        new("join", [Word, Word], [UInt(32)], s => [s[0].Join(s[1]).Map(p => Cat(p.First, p.Second))])
        {
            Expected = ins => [Beat.Each(ins[0].Zip(ins[1], (a, b) => (a.Value << 16) | b.Value))],
            Cycles = n => n,
        },
        new("fork", [Word], [Word, Word, Word], s => s[0].Fork(3)) { Expected = ins => [ins[0], ins[0], ins[0]], Cycles = n => n },
        new("forkJoin", [Word], [UInt(32)], s => [ForkJoin(s[0])])
        {
            Expected = ins => [Beat.Each(ins[0].Select(b => (b.Value << 16) | b.Value))],

            // The way with the block FIFO is the longer one; the other one's FIFO holds what comes meanwhile.
            Cycles = n => n + 3,
        },
        new("demux", [Word], [Word, Word, Word], s => s[0].Demultiplex(s[0].Data.Slice(0, 2), 3))
        {
            Expected = ins => [.. Enumerable.Range(0, 3).Select(i => ins[0].Where(b => (b.Value & 3) == i).ToList())],
            Cycles = n => n,
            Limit = 3,
        },
        new("arbitrate2", [Word, Word], [UInt(18)], s => [StreamRouting.Arbitrate(Tagged(s))]) { Cycles = n => 2 * n },
        new("arbitrate3", [Word, Word, Word], [UInt(18)], s => [StreamRouting.Arbitrate(Tagged(s)).Stage()]) { Cycles = n => (3 * n) + 1 },
        new("arbitrate1", [Word], [UInt(18)], s => [StreamRouting.Arbitrate(Tagged(s))]) { Cycles = n => n },
        Widen(2),
        Widen(3),
        Narrow(2),
        Narrow(4),
        new("widenNarrow", [UInt(16) * 4], [Quad], s => [s[0].Narrow(4).Widen(4)]) { Expected = ins => ins, Cycles = n => (4 * n) + 1 },
        new("records", [Word, Word], [UInt(33)], s => [Records(s[0], s[1])])
        {
            Expected = ins => [Beat.Each(ins[0].Zip(ins[1], (a, b) => (a.Value << 17) | (b.Value << 1) | (a.Value & 1)))],
        },
    ];

    public static StreamCase Of(string name) => All.Single(c => c.Name == name);

    private static StreamCase Simple(string name, Func<Stream<Signal>, Stream<Signal>> build, Func<int, int>? cycles = null) =>
        new(name, [Word], [Word], s => [build(s[0])]) { Expected = ins => ins, Cycles = cycles };

    /// <summary>So wide that shares of the lanes have selects of their own, and a FIFO writes rows that aren't beats.</summary>
    private static StreamCase Wide(string name, Func<Stream<Signal>, Stream<Signal>> build, Func<int, int> cycles) =>
        new(name, [UInt(16) * 18], [UInt(16) * 18], s => [build(s[0])]) { Expected = ins => ins, Cycles = cycles };

    private static IEnumerable<StreamCase> Fifos(MemoryStyle style, int latency) => new[] { 1, 2, 3, 4, 5, 7, 12 }.Select(depth =>
        Simple($"fifo{style}{depth}", s => s.Fifo(depth, style), n => depth == 1 ? (2 * n) + latency - 1 : n + latency));

    private static StreamCase Widen(int count) => new($"widen{count}", [Word], [UInt(16) * count], s => [s[0].Widen(count)])
    {
        Expected = ins => [[.. ins[0].Chunk(count).Where(c => c.Length == count).Select(c => Beat.OfLanes(c.Select(b => b.Value)))]],
        Cycles = n => n + 1,
    };

    private static StreamCase Narrow(int count) => new($"narrow{count}", [Quad], [UInt(16) * (4 / count)], s => [s[0].Narrow(count)])
    {
        Expected = ins => [[.. ins[0].SelectMany(b => b[0].Chunk(4 / count)).Select(Beat.OfLanes)]],
        Cycles = n => count * n,
    };

    private static Func<IReadOnlyList<List<Beat>>, IReadOnlyList<List<Beat>>> Each(Func<BigInteger, BigInteger> map) =>
        ins => [Beat.Each(ins[0].Select(b => map(b.Value)))];

    private static Signal EveryThird()
    {
        Register(out var phase, UInt(2), reset: 0);
        phase.Drive(Mux(phase == 2, 0, phase.WrapAdd(1)));
        return phase == 0;
    }

    private static Stream<Signal> ForkJoin(Stream<Signal> source)
    {
        var ways = source.Fork(2);
        return ways[0].Stage().Fifo(3).Join(ways[1].Skid().Fifo(2, MemoryStyle.Block)).Map(p => Cat(p.First, p.Second));
    }

    /// <summary>Rows of 640 bits, of which every piece must come back with the others.</summary>
    private static Stream<Signal> InPieces(Stream<Signal> source, int depth)
    {
        static Signal Spread(Signal x) => SignalLanes.JoinLanes([.. Enumerable.Range(0, 40).Select(i => x.WrapAdd(i))]);
        return source.Map(Spread).Fifo(depth).Map(row => Mux((row == Spread(row.Lane(0))).AllLanes(), row.Lane(0), ~row.Lane(0)));
    }

    private static List<Stream<Signal>> Tagged(IReadOnlyList<Stream<Signal>> sources) =>
        [.. sources.Select((s, i) => s.Map(x => Cat(Const(UInt(2), i), x)))];

    private static Stream<Signal> Records(Stream<Signal> first, Stream<Signal> second) => first.Join(second)
        .Map(p => new Last<Pair<Signal, Signal>>(p, p.First[0]))
        .Stage().Fifo(2).Fifo(3, MemoryStyle.Block).Skid()
        .Map(l => Cat(l.Data.First, l.Data.Second, l.IsLast));
}
