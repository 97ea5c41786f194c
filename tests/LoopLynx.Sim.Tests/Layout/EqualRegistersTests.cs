using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Tests.Layout;

/// <summary>Registers that always hold the same have one place, and only they.</summary>
public sealed class EqualRegistersTests
{
    [Fact]
    public void Copies_and_what_follows_from_them_have_one_place()
    {
        using var engine = new InterpretedEngine(Elaborator.Elaborate(new Copied()));
        int Place(string name) => engine.Layout.Offset(Register(engine, name));
        Assert.Equal(Place("a"), Place("b"));
        Assert.Equal(Place("heldA"), Place("heldB"));
        Assert.Equal(Place("behindA"), Place("behindB"));
        string[] others = ["a", "heldA", "behindA", "begun", "notReset", "otherwise"];
        Assert.Equal(others.Length, others.Select(Place).Distinct().Count());
    }

    [Fact]
    public void Both_engines_keep_what_each_register_holds()
    {
        var design = Elaborator.Elaborate(new Copied());
        using IStateEngine interpreted = new InterpretedEngine(design), compiled = new CompiledEngine(design);
        foreach (var engine in new[] { interpreted, compiled })
        {
            engine.ResetAll();
        }

        var random = new Random(1);
        for (var cycle = 0; cycle < 200; cycle++)
        {
            foreach (var (port, value) in new[] { ("X", random.Next(256)), ("Enable", random.Next(2)) })
            {
                interpreted.Poke(port, value);
                compiled.Poke(port, value);
            }

            interpreted.Settle();
            compiled.Settle();
            Assert.Equal(interpreted.Peek("Sum"), compiled.Peek("Sum"));
            interpreted.Tick();
            compiled.Tick();
            Assert.Equal(interpreted.State[..interpreted.Layout.StateEnd].ToArray(), compiled.State[..compiled.Layout.StateEnd].ToArray());
        }
    }

    private static RegisterNode Register(IStateEngine engine, string name) => engine.Layout.Flat.Registers.Single(r => r.Name == name);

    private sealed class Copied : Module
    {
        public readonly Signal X = Input(UInt(8));
        public readonly Signal Enable = Input(Bit);
        public readonly Signal Sum = Output(UInt(12));

        protected override void Build()
        {
            var (a, b) = (X.RegisteredReset(0, name: "a"), X.RegisteredReset(0, name: "b"));
            var (heldA, heldB) = (a.Registered(Enable, "heldA"), b.Registered(Enable, "heldB"));
            var (behindA, behindB) = (heldA.Registered(name: "behindA"), heldB.Registered(name: "behindB"));
            var begun = X.RegisteredReset(3, name: "begun");
            var notReset = X.Registered(name: "notReset");
            var otherwise = a.Registered(!Enable, "otherwise");
            Signal[] all = [a, b, heldA, heldB, behindA, behindB, begun, notReset, otherwise];
            Sum.Drive(all.Aggregate(Const(UInt(12), 0), (sum, part) => (sum + part).Truncate(12)));
        }
    }
}
