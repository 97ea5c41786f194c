using LoopLynx.Formal.Tests.Harness;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Cases;

/// <summary>Every stream combinator with its contract.</summary>
/// <remarks>Combinators move payloads and never look at them, so two bits are as good as any number.</remarks>
internal static partial class ProofCases
{
    private static readonly HdlType Word = UInt(2);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ProofCase> All { get; } =
    [
        Stage(),
        Skid(),
        Isolate(),
        Isolate(isFar: true),
        .. Enumerable.Range(1, 4).Select(depth => Fifo(depth, MemoryStyle.Distributed)),
        .. Enumerable.Range(1, 4).Select(depth => Fifo(depth, MemoryStyle.Block)),
        .. Enumerable.Range(1, 2).Select(depth => Fifo(depth, MemoryStyle.Distributed, lateValid: true)),
        Map(),
        Gate(),
        Drop(),
        Join(),
        Fork(2),
        Fork(3),
        Demultiplex(2),
        Demultiplex(3),
        Arbitrate(2),
        Arbitrate(3),
        Widen(2),
        Widen(3),
        Narrow(2),
        Narrow(3),
        Pipeline(1),
        Pipeline(2),
        BalancedPipeline(),
        HeldPipeline(),
    ];

    /// <summary>The case of that name.</summary>
    public static ProofCase Of(string name) => All.Single(c => c.Name == name);

    /// <summary>What all combinators of one input and one output keep: patient output, a beat goes in and one comes out within some cycles of a ready consumer.</summary>
    private static void Flow(ProofHarness h, Scoreboard board, int cycles, int partsOut = 1, Signal? open = null)
    {
        h.Sink.AssertStable("sink");
        var willing = open is null ? h.Sink.Ready : h.Sink.Ready & open;
        Progress.Within("output", cycles, board.Inside >= partsOut & willing, h.Sink.Fire);
        Progress.Within("input", cycles, h.Source.Valid & willing, h.Source.Fire);
    }
}
