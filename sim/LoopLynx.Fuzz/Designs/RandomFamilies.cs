using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Fuzz.Designs;

/// <summary>
/// Several copies of one random cell whose registers differ in a number only: they read their own and their neighbour's registers, shared inputs, their lane
/// or their bit of an input, and a memory of their own. In some designs one copy is made differently.
/// </summary>
public sealed class RandomFamilies(Random random) : RandomTop
{
    private const int Registers = 3;
    private const int MaximumSteps = 10;
    private const int MaximumCopies = 18;

    public readonly Signal Shared = Input(UInt(24));
    public readonly Signal Own = Input(SInt(9).Lanes(MaximumCopies));
    public readonly Signal Out = Output(UInt(64 * MaximumCopies));

    /// <summary>The design of a seed.</summary>
    public RandomFamilies(int seed)
        : this(new Random(seed))
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Signal> Inputs => [Shared, Own];

    /// <inheritdoc/>
    public override IReadOnlyList<Signal> Outputs => [Out];

    protected override void Build()
    {
        var copies = random.Next(4, MaximumCopies + 1);
        var odd = random.Next(3) == 0 ? random.Next(copies) : -1;
        var types = Enumerable.Range(0, Registers).Select(_ => new HdlType(1 + random.Next(random.Next(2) == 0 ? 8 : 64), random.Next(2) == 0, 1)).ToArray();
        var registers = types.Select((type, j) => Enumerable.Range(0, copies).Select(i => random.Next(5) == 0 && j == 0
            ? Register(out _, type, name: $"unused_r{j}_{i}")
            : Register(out _, type, RandomTypes.Value(random, type), name: $"unused_r{j}_{i}")).ToArray()).ToArray();
        var steps = 1 + random.Next(MaximumSteps);
        var cell = Enumerable.Range(0, 16 * (steps + Registers)).Select(_ => random.Next(1 << 16)).ToArray();
        var seen = new List<Signal>();
        for (var i = 0; i < copies; i++)
        {
            var same = new Decisions(i == odd ? [.. cell.Skip(1)] : cell);
            var memory = Hardware.Memory($"rows{i}", UInt(8), 4, default, []);
            var pool = new SignalPool(same, [
                Shared, Own.Lane(i), Shared[i], Const(UInt(8), i), registers[0][(i + 1) % copies], memory.Read(registers[1][i].AsBits().Resize(2)),
                .. registers.Select(r => r[i])]);
            for (var step = 0; step < steps; step++)
            {
                pool.Add(RandomExpression.Create(same, pool, step));
            }

            memory.Write(pool.PickAs(UInt(2)), pool.PickAs(UInt(8)), pool.PickBit());
            foreach (var register in registers)
            {
                Drive(same, pool, register[i]);
            }

            seen.Add(pool.Bits(64));
        }

        Out.Drive(Cat(seen).Resize(64 * MaximumCopies));
    }

    private static void Drive(Random random, SignalPool pool, Signal register)
    {
        When(pool.PickBit(), () => register.Drive(pool.PickAs(register.Type)))
            .ElseWhen(pool.PickBit(), () => register.Drive(pool.PickAs(register.Type)));
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
