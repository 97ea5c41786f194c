using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Clocks;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Clocks;

/// <summary>Parts with mistakes that only metastability shows: the same simulation finds them, and finds nothing in the right ones.</summary>
public class MutantTests
{
    private static readonly ClockDomain From = new("from_clk", "from_rst");
    private static readonly ClockDomain To = new("to_clk", "to_rst");

    [Fact]
    public void A_counter_in_Gray_code_only_goes_on() => Run(gray: true, stages: 2);

    [Fact]
    public void A_counter_in_binary_is_seen_where_it_never_was() =>
        Assert.Contains("jumps", Assert.ThrowsAny<Exception>(() => Run(gray: false, stages: 2)).Message);

    [Fact]
    public void Without_metastability_the_same_mistake_hides() => Run(gray: false, stages: 2, metastable: false);

    private static void Run(bool gray, int stages, bool metastable = true)
    {
        IStateEngine engine = new InterpretedEngine(Elaborator.Elaborate(new Pointer(gray, stages)));
        using var disturbed = metastable ? new MetastableEngine(engine, seed: 5) : engine;
        using var clocked = new ScheduledEngine(disturbed, new ClockSchedule(new(From, 1000), new(To, 1003)));
        var before = BigInteger.Zero;
        for (var i = 0; i < 2000; i++)
        {
            clocked.Tick(To);
            clocked.Settle();
            var seen = disturbed.PeekNet("Seen")[0];
            var step = (seen - before + 16) % 16;
            Assert.True(step <= 2, $"the counter jumps from {before} to {seen}");
            before = seen;
        }
    }

    /// <summary>A counter seen by another clock.</summary>
    private sealed class Pointer(bool gray, int stages) : Module
    {
        public readonly Signal Seen = Output(UInt(4));

        protected override void Build()
        {
            Signal pointer = null!;
            InDomain(From, () =>
            {
                Register(out var count, UInt(4), reset: 0);
                Let(out var next, count.WrapAdd(1));
                count.Drive(next);
                Register(out pointer, UInt(4), reset: 0, "pointer");
                pointer.Drive(gray ? next ^ (next >> 1) : next);
            });
            var seen = Synchronisers.Chain(pointer, To, stages, reset: false, "seen", default);
            if (gray)
            {
                seen ^= seen >> 1;
                seen ^= seen >> 2;
            }

            Seen.Drive(seen);
        }
    }
}
