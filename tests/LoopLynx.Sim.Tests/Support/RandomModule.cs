using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Tests.Support;

/// <summary>
/// A random design: every node kind, widths of 1 to 200 bits, 1 to 100 lanes, registers with feedback, memories, conditions.
/// The same seed gives the same design. Outputs are wide words of bits of many inner values.
/// </summary>
public sealed class RandomModule(int seed, int steps) : Module
{
    private const int OutputBits = 800;

    public readonly Signal In0 = Input(RandomTypes.Of(seed, 0));
    public readonly Signal In1 = Input(RandomTypes.Of(seed, 1));
    public readonly Signal In2 = Input(RandomTypes.Of(seed, 2));
    public readonly Signal In3 = Input(RandomTypes.Of(seed, 3));
    public readonly Signal In4 = Input(RandomTypes.Of(seed, 4));
    public readonly Signal In5 = Input(RandomTypes.Of(seed, 5));
    public readonly Signal Bit0 = Input(Bit);
    public readonly Signal Bit1 = Input(Bit);
    public readonly Signal Out0 = Output(UInt(OutputBits));
    public readonly Signal Out1 = Output(UInt(OutputBits));
    public readonly Signal Out2 = Output(UInt(OutputBits));
    public readonly Signal Out3 = Output(UInt(OutputBits));

    protected override void Build()
    {
        var random = new Random(seed);
        var pool = new SignalPool(random, [In0, In1, In2, In3, In4, In5, Bit0, Bit1]);
        var registers = Enumerable.Range(0, Math.Max(2, steps / 10)).Select(i => DeclareRegister(random, i)).ToList();
        registers.ForEach(pool.Add);
        for (var step = 0; step < steps; step++)
        {
            pool.Add(RandomExpression.Create(random, pool, step));
        }

        foreach (var register in registers)
        {
            DriveRegister(random, pool, register);
        }

        foreach (var output in new[] { Out0, Out1, Out2, Out3 })
        {
            output.Drive(pool.Bits(OutputBits));
        }
    }

    private static Signal DeclareRegister(Random random, int index)
    {
        // Names that begin with 'unused' may stay without readers.
        var name = $"unused_or_not{index}";
        var type = RandomTypes.Next(random);
        return random.Next(3) == 0
            ? Register(out _, type, name: name)
            : Register(out _, type, RandomTypes.Value(random, type), name: name);
    }

    private static void DriveRegister(Random random, SignalPool pool, Signal register)
    {
        When(pool.PickBit(), () =>
        {
            register.Drive(pool.PickAs(register.Type));
            When(pool.PickBit(), () => register.Drive(pool.PickAs(register.Type)));
        }).ElseWhen(pool.PickBit(), () => register.Drive(pool.PickAs(register.Type)));
        if (random.Next(2) == 0)
        {
            Switch(pool.PickAs(UInt(2)), on =>
            {
                on.Case([0, 3], () => register.Drive(pool.PickAs(register.Type)));
                on.Case(1, () => register.Drive(pool.PickAs(register.Type)));
            });
        }
    }
}
