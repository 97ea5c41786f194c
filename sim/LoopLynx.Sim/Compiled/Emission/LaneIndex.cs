using System.Globalization;
using System.Numerics;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>The first lane of a loop body: <paramref name="Start"/>, behind the loop's variable where there is one.</summary>
/// <param name="Variable">The loop's variable, or null where the loop is written out.</param>
/// <param name="Start">Lanes behind the variable.</param>
/// <param name="Period">Lanes of a round of the loop.</param>
internal readonly record struct LaneIndex(string? Variable, int Start, int Period)
{
    /// <summary>Where the first lane lies.</summary>
    public Address At(Address address, int element)
    {
        address = address.Plus(Start * element);
        return Variable is null ? address : address.Plus(string.Create(CultureInfo.InvariantCulture, $"{Variable} * {element}"));
    }

    /// <summary>Where lane <paramref name="source"/> of a permutation's operand lies in this round; it is the lane of the first round.</summary>
    public Address Source(Address address, int[] map, int source, int element)
    {
        address = address.Plus(source * element);
        var step = Variable is null ? 0 : LanePattern.StepOf(map, Period)!.Value * element;
        if (step == 0)
        {
            return address;
        }

        return address.Plus(step % Period == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Variable} * {step / Period}")
            : string.Create(CultureInfo.InvariantCulture, $"({Variable} >> {BitOperations.Log2((uint)Period)}) * {step}"));
    }
}
