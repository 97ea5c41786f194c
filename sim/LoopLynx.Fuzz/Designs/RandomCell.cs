using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Fuzz.Designs;

/// <summary>A small child of a random design. Cells with equal choices share one definition.</summary>
public sealed class RandomCell(HdlType a, HdlType b, int[] choices) : Module
{
    private const int OutputBits = 16;

    public readonly Signal A = Input(a);
    public readonly Signal B = Input(b);
    public readonly Signal C = Output(UInt(OutputBits));

    /// <summary>Places one to three cells of one definition.</summary>
    public static IEnumerable<Signal> Place(Random random, SignalPool pool, int step)
    {
        var (a, b) = (RandomTypes.Next(random), RandomTypes.Next(random));
        var choices = Enumerable.Range(0, 40).Select(_ => random.Next(1 << 16)).ToArray();
        for (var i = random.Next(3); i >= 0; i--)
        {
            var cell = Instance(new RandomCell(a, b, choices), $"cell{step}_{i}");
            cell.A.Drive(pool.PickAs(a));
            cell.B.Drive(pool.PickAs(b));
            yield return cell.C;
        }
    }

    protected override void Build()
    {
        var random = new Decisions(choices);
        var pool = new SignalPool(random, [A, B]);
        for (var step = random.Next(4); step >= 0; step--)
        {
            pool.Add(RandomExpression.Create(random, pool, step));
        }

        C.Drive(pool.Latest(UInt(OutputBits)));
    }
}
