namespace LoopLynx.Hdl.Tests.Diagnostics;

/// <summary>A combinational loop is reported as one shortest cycle of named nets, also where it runs through instances.</summary>
public class LoopTests
{
    [Fact]
    public void The_shortest_of_several_cycles_is_printed() =>
        Assert.StartsWith("combinational loop: short -> back -> short", Message(new TwoCycles()), StringComparison.Ordinal);

    [Fact]
    public void A_loop_through_an_instance_is_found() =>
        Assert.Equal("combinational loop: mixer_A -> mixer_Y -> mixer_A", Message(new ThroughInstance(registered: false)));

    [Fact]
    public void A_register_in_the_instance_breaks_the_loop() => Elaborator.Elaborate(new ThroughInstance(registered: true));

    [Fact]
    public void Different_ports_of_one_instance_make_no_loop() => Elaborator.Elaborate(new BackAndForth());

    [Fact]
    public void A_loop_of_handshakes_names_them()
    {
        Assert.Equal("combinational loop: valid -> fork1_ready -> ready -> valid", Message(new StreamLoop()));
    }

    private static string Message(Module top)
    {
        var diagnostic = Assert.Single(Assert.Throws<DesignException>(() => Elaborator.Elaborate(top)).Diagnostics);
        Assert.Equal("HDL0203", diagnostic.Code);
        return diagnostic.Message;
    }

    private sealed class TwoCycles : Module
    {
        public readonly Signal A = Input(UInt(8));
        public readonly Signal Y = Output(UInt(8));

        protected override void Build()
        {
            Wire(out var first, UInt(8));
            Wire(out var second, UInt(8));
            Wire(out var third, UInt(8));
            first.Drive(second ^ A);
            second.Drive(third ^ A);
            Wire(out var @short, UInt(8));
            third.Drive(first ^ @short);
            Wire(out var back, UInt(8));
            @short.Drive(back ^ A);
            back.Drive(@short ^ 1);
            Y.Drive(third);
        }
    }

    private sealed class Mixer(bool registered) : Module
    {
        public readonly Signal A = Input(UInt(8));
        public readonly Signal Y = Output(UInt(8));

        protected override void Build() => Y.Drive(registered ? A.Registered() : ~A);
    }

    private sealed class ThroughInstance(bool registered) : Module
    {
        public readonly Signal Y = Output(UInt(8));

        protected override void Build()
        {
            Instance(out Mixer mixer, new Mixer(registered));
            mixer.A.Drive(mixer.Y ^ 1);
            Y.Drive(mixer.Y);
        }
    }

    private sealed class Crossing : Module
    {
        public readonly Signal A = Input(UInt(8));
        public readonly Signal B = Input(UInt(8));
        public readonly Signal NotA = Output(UInt(8));
        public readonly Signal NotB = Output(UInt(8));

        protected override void Build()
        {
            NotA.Drive(~A);
            NotB.Drive(~B);
        }
    }

    private sealed class BackAndForth : Module
    {
        public readonly Signal A = Input(UInt(8));
        public readonly Signal Y = Output(UInt(8));

        protected override void Build()
        {
            Instance(out Crossing crossing, new Crossing());
            crossing.A.Drive(A);
            crossing.B.Drive(crossing.NotA);
            Y.Drive(crossing.NotB);
        }
    }

    private sealed class StreamLoop : Module
    {
        public readonly StreamOut<Signal> Sums = Out(UInt(8));

        protected override void Build()
        {
            Wire(out var valid, Bit);
            Wire(out var ready, Bit);
            Register(out var data, UInt(8), reset: 0);
            var ring = StreamSources.Of(valid, data, ready);
            var ways = ring.Fork(2);
            Sums.Drive(ways[0]);
            valid.Drive(ready);
            ways[1].Ready.Drive(ways[1].Valid);
            When(ring.Fire, () => data.Drive(data.WrapAdd(1)));
        }
    }
}
