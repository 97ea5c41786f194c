using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Structure;

/// <summary>Modules in modules: connections, conditional drives of a child's inputs, children without a name, bundles of ports.</summary>
public class HierarchyTests
{
    [Theory, EveryEngine]
    public void A_child_s_input_can_be_driven_under_a_condition(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Accumulators());
        var bench = new Bench(engine);
        var (left, right) = (0, 0);
        for (var cycle = 0; cycle < 60; cycle++)
        {
            var (toLeft, value) = (cycle % 3 == 0, (cycle * 29) & 63);
            engine.Poke("ToLeft", toLeft ? 1 : 0);
            engine.Poke("Value", value);
            bench.Expect("Left", left);
            bench.Expect("Right", right);
            bench.Expect("Both", (left + right) & 255);
            bench.Step();
            left = toLeft ? (left + value) & 255 : left;
            right = (right + (toLeft ? 1 : value)) & 255;
        }
    }

    [Fact]
    public void A_child_in_a_field_is_placed_when_it_is_used()
    {
        var design = Elaborator.Elaborate(new WithField());
        Assert.Equal(["accumulator"], design.Top.Instances.Select(i => i.Name));
    }

    [Fact]
    public void A_bundle_s_members_are_ports()
    {
        var design = Elaborator.Elaborate(new WithBundle());
        Assert.Equal(["Bus_address", "Bus_data_valid", "Bus_data_data", "Bus_data_ready", "Y"], design.Top.Ports.Select(p => p.Name));
    }

    [Fact]
    public void The_same_object_can_be_elaborated_twice()
    {
        var module = new Accumulators();
        Assert.Equal(Netlist.NetlistText.Of(Elaborator.Elaborate(module)), Netlist.NetlistText.Of(Elaborator.Elaborate(module)));
    }

    private sealed class Accumulator : Module
    {
        public readonly Signal Enable = Input(Bit);
        public readonly Signal Add = Input(UInt(6));
        public readonly Signal Sum = Output(UInt(8));

        protected override void Build()
        {
            Register(out var sum, UInt(8), reset: 0);
            When(Enable, () => sum.Drive(sum.WrapAdd(Add)));
            Sum.Drive(sum);
        }
    }

    private sealed class Accumulators : Module
    {
        public readonly Signal ToLeft = Input(Bit);
        public readonly Signal Value = Input(UInt(6));
        public readonly Signal Left = Output(UInt(8));
        public readonly Signal Right = Output(UInt(8));
        public readonly Signal Both = Output(UInt(8));

        protected override void Build()
        {
            Instance(out Accumulator left, new Accumulator());
            Instance(out Accumulator right, new Accumulator());
            left.Add.Drive(Value);
            left.Enable.Drive(0);
            right.Enable.Drive(1);
            When(ToLeft, () =>
            {
                left.Enable.Drive(1);
                right.Add.Drive(1);
            }).Else(() => right.Add.Drive(Value));
            Left.Drive(left.Sum);
            Right.Drive(right.Sum);
            Both.Drive(left.Sum.WrapAdd(right.Sum));
        }
    }

    private sealed class WithField : Module
    {
        public readonly Signal Y = Output(UInt(8));
        private readonly Accumulator _sum = new();

        protected override void Build()
        {
            _sum.Enable.Drive(1);
            _sum.Add.Drive(3);
            Y.Drive(_sum.Sum);
        }
    }

    private sealed class Bus(string name) : IPortBundle
    {
        public readonly Signal Address = Input(UInt(4), $"{name}_address");
        public readonly StreamIn<Signal> Data = In(UInt(4), $"{name}_data");

        public IEnumerable<object> Members => [Address, Data];
    }

    private sealed class WithBundle : Module
    {
        public readonly Bus Bus = new("Bus");
        public readonly Signal Y = Output(UInt(4));

        protected override void Build()
        {
            Bus.Data.Ready.Drive(1);
            Y.Drive(Mux(Bus.Data.Valid, Bus.Data.Data, Bus.Address));
        }
    }
}
