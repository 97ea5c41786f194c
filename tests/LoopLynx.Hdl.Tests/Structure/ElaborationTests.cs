using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Tests.Assignment;
using LoopLynx.Hdl.Tests.Streams;

namespace LoopLynx.Hdl.Tests.Structure;

/// <summary>Elaboration keeps no state: not between threads, not after an exception.</summary>
public class ElaborationTests
{
    [Fact]
    public void Two_threads_elaborate_at_once()
    {
        var expected = Text();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ => Assert.Equal(expected, Text()));
    }

    [Fact]
    public void An_exception_in_Build_leaves_nothing_behind()
    {
        var expected = Text();
        Assert.Throws<InvalidOperationException>(() => Elaborator.Elaborate(new Throwing()));
        Assert.Equal("HDL0002", Assert.Throws<HdlException>(() => Const(Bit, 1)).Code);
        Assert.Equal(expected, Text());
    }

    [Fact]
    public void A_design_can_be_elaborated_inside_another_one_s_Build()
    {
        var design = Elaborator.Elaborate(new Nesting());
        Assert.Equal(["Y"], design.Top.Ports.Select(p => p.Name));
    }

    [Fact]
    public void The_text_form_of_a_small_module()
    {
        const string expected = """
            (module Mac
              (input Clear Bit %0)
              (input A SInt(8).Lanes(4) %1)
              (input B SInt(8).Lanes(4) %2)
              (output Sum SInt(24) %3)
              (%0 Bit input "Clear")
              (%1 SInt(8).Lanes(4) input "A")
              (%2 SInt(8).Lanes(4) input "B")
              (%3 SInt(24) wire %4 "Sum")
              (%4 SInt(24) register clk [0] reset %11 "sum")
              (%5 SInt(16).Lanes(4) Multiply %1 %2)
              (%6 SInt(18) reduce Add 4 %5)
              (%7 SInt(25) Add %4 %6)
              (%8 SInt(24) resize %7)
              (%9 SInt(24) const 0)
              (%10 Bit Not %0)
              (%11 SInt(24) mux %0 %9 %8)
            )

            """;
        Assert.Equal(expected, NetlistText.Of(Elaborator.Elaborate(new Mac())));
    }

    private static string Text() =>
        NetlistText.Of(Elaborator.Elaborate(new StreamCaseModule(StreamCases.All))) + NetlistText.Of(Elaborator.Elaborate(new MemoryModule()));

    private sealed class Mac : Module
    {
        public readonly Signal Clear = Input(Bit);
        public readonly Signal A = Input(SInt(8) * 4);
        public readonly Signal B = Input(SInt(8) * 4);
        public readonly Signal Sum = Output(SInt(24));

        protected override void Build()
        {
            Register(out var sum, SInt(24), reset: 0);
            sum.Drive(sum.WrapAdd((A * B).SumLanes()));
            When(Clear, () => sum.Drive(0));
            Sum.Drive(sum);
        }
    }

    private sealed class Throwing : Module
    {
        public readonly Signal Y = Output(Bit);

        protected override void Build() => When(Y, () => InDomain(new ClockDomain("a", "b"), () => throw new InvalidOperationException("on purpose")));
    }

    private sealed class Nesting : Module
    {
        public readonly Signal Y = Output(UInt(2));

        protected override void Build() => Y.Drive(Elaborator.Elaborate(new Mac()).Definitions.Length);
    }
}
