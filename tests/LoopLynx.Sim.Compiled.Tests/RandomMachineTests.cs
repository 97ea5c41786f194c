using LoopLynx.Fuzz;
using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Tests.Designs;

namespace LoopLynx.Sim.Compiled.Tests;

/// <summary>Machines whose registers and memories feed each other under shared conditions: the order of updates matters here.</summary>
public class RandomMachineTests
{
    private const int Cycles = 60;

    public static TheoryData<int> Sets => [.. Enumerable.Range(0, OptionSets.All.Count)];

    [Theory]
    [MemberData(nameof(Sets))]
    public void Machines_agree_with_the_interpreter(int set)
    {
        var (name, options) = OptionSets.All[set];
        for (var seed = set * 100; seed < (set * 100) + 2; seed++)
        {
            Lockstep.Check(Elaborator.ElaborateUnchecked(new RandomMachine(seed)), options, Cycles, $"machine {seed}, {name}", seed);
        }
    }
}
