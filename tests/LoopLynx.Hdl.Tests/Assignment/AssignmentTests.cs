using System.Numerics;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Assignment;

/// <summary>Conditional assignment means what the same statements mean in C#; a register holds where nothing drives it.</summary>
public class AssignmentTests
{
    [Theory, EveryEngine]
    public void Conditions_select_and_the_last_assignment_wins(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new AssignmentModule());
        var bench = new Bench(engine);
        var (held, switched, enabled) = (5, 0, 17);
        for (var cycle = 0; cycle < 256; cycle++)
        {
            var (c, sel, a, b) = (cycle & 7, (cycle >> 3) & 3, (cycle * 37) & 255, ((cycle * 91) + 13) & 255);
            var (c0, c1, c2) = ((c & 1) != 0, (c & 2) != 0, (c & 4) != 0);
            engine.Poke("C", c);
            engine.Poke("Sel", sel);
            engine.Poke("A", a);
            engine.Poke("B", b);
            bench.Expect("DefaultThenWhen", c0 ? b : a);
            bench.Expect("Chain", c0 ? a : c1 ? b : 7);
            bench.Expect("Nested", !c0 ? 1 : c1 ? a : c2 ? b : 2);
            bench.Expect("LastWins", c2 && sel == 0 ? 9 : c1 ? b : c0 ? a : 0);
            bench.Expect("WithDefault", sel == 0 ? a : sel != 2 && c0 ? 5 : b);
            bench.Expect("AllCases", sel switch { 3 => 3, 2 => a, 1 => b, _ => 0 });
            bench.Expect("CaseOrder", sel == 2 ? b : a);
            bench.ExpectLanes("Lanes", c0 ? [1, 2, 3] : [a, a, a]);
            bench.Expect("Held", held);
            bench.Expect("Switched", switched);
            bench.Expect("Enabled", enabled);
            bench.Step();
            held = c0 ? a : c1 && c2 ? (held + 1) & 255 : held;
            switched = !c2 ? switched : sel == 0 ? a : sel == 1 ? b : switched;
            enabled = c1 ? a : enabled;
        }
    }

    [Theory, EveryEngine]
    public void Reset_loads_only_registers_that_have_one(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new ResetModule());
        engine.Poke("D", 9);
        engine.Tick();
        engine.Reset(engine.Design.Top.Domains[0], true);
        engine.Tick();
        engine.Settle();
        Assert.Equal((BigInteger)3, engine.Peek("WithReset"));
        Assert.Equal((BigInteger)9, engine.Peek("Without"));
    }

    private sealed class ResetModule : Module
    {
        public readonly Signal D = Input(UInt(4));
        public readonly Signal WithReset = Output(UInt(4));
        public readonly Signal Without = Output(UInt(4));

        protected override void Build()
        {
            WithReset.Drive(D.RegisteredReset(3));
            Without.Drive(D.Registered());
        }
    }
}
