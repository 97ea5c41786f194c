using LoopLynx.Fuzz;
using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Tests.Designs;

namespace LoopLynx.Sim.Compiled.Tests;

/// <summary>Like cells side by side, whose registers and logic become lanes.</summary>
public class RandomFamilyTests
{
    private const int Cycles = 40;

    public static TheoryData<int> Sets => [.. Enumerable.Range(0, OptionSets.All.Count)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Packed_cells_agree_with_the_interpreter(int set)
    {
        var (name, options) = OptionSets.All[set];
        for (var seed = set * 100; seed < (set * 100) + 4; seed++)
        {
            Lockstep.Check(Elaborator.Elaborate(new RandomFamilies(seed)), options, Cycles, $"cells {seed}, {name}", seed);
        }
    }
}
