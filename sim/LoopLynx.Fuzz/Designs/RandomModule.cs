using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Fuzz.Designs;

/// <summary>
/// A random design: every node kind, widths of 1 to 200 bits, 1 to 100 lanes, registers with feedback, memories, conditions, children, streams.
/// The same choices give the same design. Outputs are wide words of bits of many inner values.
/// </summary>
public sealed class RandomModule(Random random, int steps) : RandomTop
{
    private const int OutputBits = 256;

    public readonly Signal In0 = Input(RandomTypes.Next(random));
    public readonly Signal In1 = Input(RandomTypes.Next(random));
    public readonly Signal In2 = Input(RandomTypes.Next(random));
    public readonly Signal In3 = Input(RandomTypes.Next(random));
    public readonly Signal In4 = Input(RandomTypes.Next(random));
    public readonly Signal In5 = Input(RandomTypes.Next(random));
    public readonly Signal Bit0 = Input(Bit);
    public readonly Signal Bit1 = Input(Bit);
    public readonly Signal Out0 = Output(UInt(OutputBits));
    public readonly Signal Out1 = Output(UInt(OutputBits));
    public readonly Signal Out2 = Output(UInt(OutputBits));
    public readonly Signal Out3 = Output(UInt(OutputBits));

    /// <summary>The design of a seed.</summary>
    public RandomModule(int seed, int steps)
        : this(new Random(seed), steps)
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Signal> Inputs => [In0, In1, In2, In3, In4, In5, Bit0, Bit1];

    /// <inheritdoc/>
    public override IReadOnlyList<Signal> Outputs => [Out0, Out1, Out2, Out3];

    protected override void Build()
    {
        var pool = new SignalPool(random, [In0, In1, In2, In3, In4, In5, Bit0, Bit1]);
        var registers = Enumerable.Range(0, Math.Max(2, steps / 10)).Select(i => DeclareRegister(random, i)).ToList();
        registers.ForEach(pool.Add);
        for (var step = 0; step < steps; step++)
        {
            foreach (var signal in Step(pool, step))
            {
                pool.Add(signal);
            }
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

    private IEnumerable<Signal> Step(SignalPool pool, int step) => random.Next(16) switch
    {
        14 => RandomCell.Place(random, pool, step),
        15 => RandomStream.Place(random, pool, step),
        _ => [RandomExpression.Create(random, pool, step)],
    };

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
