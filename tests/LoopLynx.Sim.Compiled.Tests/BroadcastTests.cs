using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Compiled.Tests;

/// <summary>A register of lanes that holds, or takes one value for all lanes (found by fuzz seed 1108: only lane 0 took it).</summary>
public class BroadcastTests
{
    [Theory]
    [InlineData(2, 8)]
    [InlineData(16, 32)]
    [InlineData(3, 100)]
    public void One_value_reaches_every_lane(int lanes, int width) =>
        Lockstep.Check(Elaborator.Elaborate(new Held(lanes, width)), new CompiledOptions(), 50, $"{lanes} x {width}");

    private sealed class Held(int lanes, int width) : Module
    {
        public readonly Signal Keep = Input(Bit);
        public readonly Signal Choice = Input(UInt(2));
        public readonly Signal Value = Input(UInt(width));
        public readonly Signal Row = Output(UInt(width).Lanes(lanes));

        protected override void Build()
        {
            Register(out var row, UInt(width).Lanes(lanes), reset: 0);
            row.Drive(Mux(Choice[0], Mux(Keep, row, Value), Mux(Choice[1], row, row.WrapAdd(1))));
            Row.Drive(row);
        }
    }
}
