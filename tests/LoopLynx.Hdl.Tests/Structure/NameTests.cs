using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Hdl.Tests.Structure;

/// <summary>Names come from the C# source, are unique, and don't depend on unrelated lines.</summary>
public class NameTests
{
    [Fact]
    public void Ports_registers_wires_memories_and_instances_have_their_names()
    {
        var top = Elaborator.Elaborate(new Named(extra: false)).Top;
        Assert.Equal(["A", "Y"], top.Ports.Select(p => p.Name));
        Assert.Equal(["table"], top.Memories.Select(m => m.Name));
        Assert.Equal(["adder", "adder_2", "lane0", "lane1"], top.Instances.Select(i => i.Name));
        Assert.Equal(
            ["A", "Y", "sum", "count", "count_2", "adder_A", "adder_Y", "adder_2_A", "adder_2_Y", "lane0_A", "lane0_Y", "lane1_A", "lane1_Y", "table_write", "table_read"],
            top.Nodes.Where(n => n.Name is not null).Select(n => n.Name));
    }

    [Fact]
    public void An_unrelated_name_changes_no_other()
    {
        var names = Elaborator.Elaborate(new Named(extra: false)).Top.Nodes.Select(n => n.Name).OfType<string>();
        var more = Elaborator.Elaborate(new Named(extra: true)).Top.Nodes.Select(n => n.Name).OfType<string>();
        Assert.Equal(names.Append("extra").Order(), more.Order());
    }

    [Fact]
    public void The_same_source_gives_the_same_text() =>
        Assert.Equal(NetlistText.Of(Elaborator.Elaborate(new Named(extra: true))), NetlistText.Of(Elaborator.Elaborate(new Named(extra: true))));

    [Fact]
    public void Every_name_can_be_read_by_its_path()
    {
        using var engine = new InterpretedEngine(Elaborator.Elaborate(new Named(extra: false)));
        engine.Poke("A", 5);
        Assert.Equal(6, engine.PeekNet("sum").Single());
        Assert.Equal(6, engine.PeekNet("adder.Y").Single());
        Assert.Equal(8, engine.PeekNet("lane1.Y").Single());
    }

    [Theory]
    [InlineData("sum", "sum")]
    [InlineData("my-name", "my_name")]
    [InlineData("2nd", "n2nd")]
    [InlineData("__", "unnamed")]
    public void Any_text_becomes_an_identifier(string wanted, string name)
    {
        var design = Elaborator.Elaborate(new Renamed(wanted));
        Assert.Contains(name, design.Top.Nodes.Select(n => n.Name));
    }

    private sealed class Adder(int amount) : Module
    {
        public readonly Signal A = Input(UInt(8));
        public readonly Signal Y = Output(UInt(8));

        protected override void Build() => Y.Drive(A.WrapAdd(amount));
    }

    private sealed class Named(bool extra) : Module
    {
        public readonly Signal A = Input(UInt(8));
        public readonly Signal Y = Output(UInt(8));

        protected override void Build()
        {
            if (extra)
            {
                Let(out var extra, ~A);
                Assert(extra != A, "a complement differs");
            }

            Let(out var sum, A.WrapAdd(1));
            Register(out var count, UInt(8), reset: 0);
            count.Drive(sum);
            var first = count;
            {
                first = first.Registered(name: "count");
            }

            Instance(out Adder adder, new Adder(1));
            adder.A.Drive(A);
            var second = Instance(new Adder(1), "adder");
            second.A.Drive(adder.Y);
            var lanes = Instances(2, i => new Adder(i + 2), "lane");
            lanes[0].A.Drive(second.Y);
            lanes[1].A.Drive(A);
            Memory(out var table, UInt(8), 4);
            table.Write(A.Truncate(2), lanes[0].Y);
            Y.Drive(table.Read(A.Truncate(2)) ^ first ^ lanes[1].Y);
        }

        private static void Assert(Signal condition, string message) => Hardware.Assert(condition, message);
    }

    private sealed class Renamed(string name) : Module
    {
        public readonly Signal A = Input(Bit);
        public readonly Signal Y = Output(Bit);

        protected override void Build() => Y.Drive((!A).Named(name));
    }
}
