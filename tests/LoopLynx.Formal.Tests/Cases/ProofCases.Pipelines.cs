using LoopLynx.Formal.Tests.Harness;
using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Cases;

/// <summary>Pipelines: of some levels, with a branch that the language balances, with a held operand.</summary>
internal static partial class ProofCases
{
    private static ProofCase Pipeline(int levels) => Pipeline($"pipeline{levels}", levels, [.. Enumerable.Range(1, levels).Select(i => new Probe($"value{i}", Word))], h => new PipelineUse
    {
        Function = x => Enumerable.Range(1, levels).Aggregate(x.WrapAdd(1), (value, level) => value.Registered(null, $"value{level}")),
        Expected = x => x.WrapAdd(1),
        Level = level => h.Probe($"value{level}"),
    });

    /// <summary>One bit has a register of its own, the other one gets it from the language.</summary>
    private static ProofCase BalancedPipeline() => Pipeline("pipelineBalanced", 1, [new Probe("high", Bit), new Probe("in0_data_0_d1", Bit)], h => new PipelineUse
    {
        Function = x => Cat(x[1].Registered(name: "high"), x[0]),
        Expected = x => x,
        Level = _ => Cat(h.Probe("high"), h.Probe("in0_data_0_d1")),
    });

    /// <summary>The held operand follows an input while nothing is under way.</summary>
    private static ProofCase HeldPipeline() => Pipeline("pipelineHeld", 1, [new Probe("word", Word), new Probe("key", Word)], h =>
    {
        Register(out var key, Word, reset: 0);
        return new PipelineUse
        {
            Function = x => x.Registered(name: "word") ^ Held(key),
            Expected = x => x ^ key,
            Level = _ => h.Probe("word") ^ key,
            Then = board => key.Drive(Mux(board.Inside == 0 & !h.Source.Valid, h.Controls[0], key)),
        };
    }) with
    {
        Controls = [Word],
    };

    private static ProofCase Pipeline(string name, int levels, Probe[] probes, Func<ProofHarness, PipelineUse> make) => new(name, [Word], [Word], h =>
    {
        // Room for the beats in the levels and the FIFO, and for two more: a credit comes back through a register, and is seen a cycle later.
        var depth = levels + 3;
        var use = make(h);
        h.Sink.Drive(h.Source.Pipeline(levels, use.Function));
        var expected = use.Expected(h.Source.Data);
        var board = Scoreboard.Watch("board", h.Source, h.Sink, h.Pick(), capacity: depth + 1, new Route { Expected = expected });
        use.Then(board);
        Flow(h, board, cycles: levels + 2);
        FifoInvariants(h, "pipeline_fifo", depth, board, Const(Bit, 0));
        Signal stored = h.Probe("pipeline_fifo.count");
        for (var level = levels; level >= 1; level--)
        {
            var moving = h.Probe($"pipeline_valid{level}");
            h.Invariant(!(board.Watching & moving & board.Ahead == stored) | use.Level(level) == board.Value, "the watched beat is in its level");
            stored = stored + moving;
        }

        h.Invariant(stored + h.Probe("pipeline_returns") + h.Probe("pipeline_credits") == depth, "every beat has one credit, or it is on its way back");
        h.Invariant(board.Inside == stored + board.Waiting, "what is inside is in the pipeline, in the FIFO or offered");
        h.Invariant(!(board.Watching & board.Waiting & board.Ahead + 1 == board.Inside) | expected == board.Value, "the beat that is still offered is the last one inside");
    })
    {
        Depth = levels + 5,
        Induction = levels + 2,
        Probes = [new("pipeline_credits", UInt(Sizes.BitsFor(levels + 3))), new("pipeline_returns", Bit), .. FifoProbes("pipeline_fifo", levels + 3),
            .. Enumerable.Range(1, levels).Select(i => new Probe($"pipeline_valid{i}", Bit)), .. probes],
    };

    /// <summary>What a pipeline computes, and where its values are.</summary>
    private sealed record PipelineUse
    {
        public required Func<Signal, Signal> Function { get; init; }

        public required Func<Signal, Signal> Expected { get; init; }

        public required Func<int, Signal> Level { get; init; }

        public Action<Scoreboard> Then { get; init; } = _ => { };
    }
}
