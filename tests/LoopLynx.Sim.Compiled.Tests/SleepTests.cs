using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled.Tests.Designs;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Tests;

/// <summary>Parts of a cycle are left out while their inputs hold, and nobody can tell.</summary>
public class SleepTests
{
    private const int FirstSeed = 700;
    private const int Settling = 40;
    private const int Changes = 12;

    // Groups of single statements, so that small designs have many.
    private static readonly CompiledOptions Small = new() { GroupStatements = 1, SleepStatements = 0 };

    // Designs of one clock with more than one step at the top: only those have groups.
    public static TheoryData<int> Seeds => [FirstSeed, 705, 707, 709, 711];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_register_that_is_written_from_outside_wakes_what_reads_it(int seed)
    {
        using var pair = new Pair(seed);
        var random = new Random(seed);
        for (var change = 0; change < Changes; change++)
        {
            pair.Run(Settling);
            RegisterNode[] registers = [.. pair.Reference.Layout.Flat.Registers];
            var register = registers[random.Next(registers.Length)];
            var bytes = new byte[LaneStorage.Bytes(register.Type)];
            for (var lane = 0; lane < register.Type.Lanes; lane++)
            {
                LaneStorage.Write(bytes, register.Type, lane, register.Type.Wrap(random.NextInt64()));
            }

            pair.Each(e => e.Write(pair.Reference.Layout.Offset(register), bytes));
            pair.Run(3);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void An_input_that_changes_wakes_what_reads_it(int seed)
    {
        using var pair = new Pair(seed);
        var random = new Random(seed);
        for (var change = 0; change < Changes; change++)
        {
            pair.Run(Settling);
            pair.Poke(random);
            pair.Run(3);
        }
    }

    /// <summary>Of the groups whose bits share a byte, each may be the only one that is awake.</summary>
    [Fact]
    public void Each_part_runs_while_all_others_sleep()
    {
        const int Parts = 20;
        using var pair = new Pair(Elaborator.Elaborate(new Islands(Parts)));
        for (var i = 0; i < Parts; i++)
        {
            pair.Run(3);
            pair.Each(e => e.Poke($"from{i}", 2));
            pair.Run(3);
        }
    }

    /// <summary>Of two writes to a row the later port's wins, also where only the first has something new.</summary>
    [Fact]
    public void A_writer_that_holds_wins_over_one_that_changes()
    {
        using var pair = new Pair(Elaborator.Elaborate(new TwoWriters()));
        foreach (var (port, value) in new[] { ("Second", 1), ("SecondData", 7), ("First", 1), ("FirstData", 9), ("Second", 0), ("FirstData", 4), ("Second", 1), ("First", 0) })
        {
            pair.Each(e => e.Poke(port, value));
            pair.Run(5);
        }
    }

    /// <summary>A row that may be past the end, in as many registers as it takes.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(48)]
    [InlineData(128)]
    [InlineData(256)]
    [InlineData(512)]
    [InlineData(1024)]
    public void A_row_is_read_whole(int bytes)
    {
        using var pair = new Pair(Elaborator.Elaborate(new Swap(bytes)));
        var random = new Random(bytes);
        pair.Each(e => e.Poke("Enable", 1));
        for (var i = 0; i < 4 * Changes; i++)
        {
            pair.Poke(random);
            pair.Run(1);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_snapshot_that_is_restored_wakes_everything(int seed)
    {
        using var pair = new Pair(seed);
        pair.Run(5);
        var snapshot = pair.Reference.Snapshot();
        pair.Poke(new Random(seed));
        pair.Run(Settling);
        pair.Each(e => e.Restore(snapshot));
        pair.Run(Settling);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_reset_wakes_everything(int seed)
    {
        using var pair = new Pair(seed);
        pair.Poke(new Random(seed));
        pair.Run(Settling);
        pair.Each(e => e.Reset(e.Design.Top.Domains[0], true));
        pair.Run(2);
        pair.Each(e => e.Reset(e.Design.Top.Domains[0], false));
        pair.Run(Settling);
    }

    [Fact]
    public void A_claim_that_has_failed_fails_again_in_the_next_cycle()
    {
        using var engine = new CompiledEngine(Elaborator.Elaborate(new Guarded(5)), Small);
        engine.Poke("Enable", 1);
        Assert.Throws<AssertionFailedException>(() => engine.Run(20));
        for (var i = 0; i < 3; i++)
        {
            Assert.Throws<AssertionFailedException>(engine.Tick);
        }
    }

    [Fact]
    public void A_small_function_runs_in_every_cycle()
    {
        var design = Machine(FirstSeed);
        using var asleep = new CompiledEngine(design, Small);
        using var small = new CompiledEngine(design, new() { GroupStatements = 1 });
        using var off = new CompiledEngine(design, Small with { Sleep = false });
        Assert.Contains("Inputs(s)", asleep.Source);
        Assert.DoesNotContain("Inputs(s)", small.Source);
        Assert.DoesNotContain("Inputs(s)", off.Source);
    }

    private static Design Machine(int seed) => Elaborator.ElaborateUnchecked(new RandomMachine(seed));

    /// <summary>Both engines with the same design, compared after every edge.</summary>
    private sealed class Pair : IDisposable
    {
        private readonly CompiledEngine _compiled;

        public Pair(int seed)
            : this(Machine(seed))
        {
        }

        public Pair(Design design)
        {
            Reference = new InterpretedEngine(design);
            _compiled = new CompiledEngine(design, Small);
            Assert.Contains("Inputs(s)", _compiled.Source);
        }

        public InterpretedEngine Reference { get; }

        public void Each(Action<IStateEngine> action)
        {
            action(Reference);
            action(_compiled);
        }

        public void Run(int cycles)
        {
            for (var i = 0; i < cycles; i++)
            {
                Each(e => e.Settle());
                Each(e => e.Tick());
                Assert.Equal(Reference.State[..Reference.Layout.Size], _compiled.State);
            }
        }

        public void Poke(Random random)
        {
            RandomTypes.PokeAll(random, Reference);
            foreach (var port in Reference.Design.Top.Ports.Where(p => p.Direction == PortDirection.Input))
            {
                Reference.Input(port).CopyTo(_compiled.Input(port));
            }
        }

        public void Dispose()
        {
            Reference.Dispose();
            _compiled.Dispose();
        }
    }
}
