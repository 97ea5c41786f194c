using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Compiled.Tests.Designs;

/// <summary>
/// Groups of multipliers, each with a registered adder tree and an accumulator: the shape of the accelerator's inner loop. Weights come from a memory
/// whose row is all lanes. Everything works in every cycle.
/// </summary>
public sealed class MacArray(int lanes, int group) : Module
{
    private const int Rows = 256;

    public readonly Signal WriteRow = Input(Bit);
    public readonly Signal Row = Input(SInt(8).Lanes(lanes));
    public readonly Signal Activations = Input(SInt(8).Lanes(lanes));
    public readonly Signal Sums = Output(SInt(32).Lanes(lanes / group));

    protected override void Build()
    {
        Register(out var address, UInt(8), 0);
        address.Drive(address.WrapAdd(1));
        Hardware.Memory(out var weights, SInt(8).Lanes(lanes), Rows);
        weights.Write(address, Row, WriteRow);

        var weight = weights.ReadSync(address);
        var product = (weight * Activations.Registered()).Registered();
        var sum = product.SumPipelined(group);
        Register(out var accumulators, SInt(32).Lanes(lanes / group), 0);
        accumulators.Drive((Mux(address == 0, 0, accumulators) + sum.Extend(32)).Truncate(32));
        Sums.Drive(accumulators);
    }
}
