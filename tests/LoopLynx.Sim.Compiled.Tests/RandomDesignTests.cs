using LoopLynx.Fuzz;
using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;

namespace LoopLynx.Sim.Compiled.Tests;

/// <summary>Random designs of all node kinds, widths of 1 to 200 and 1 to 100 lanes, against the interpreted engine.</summary>
public class RandomDesignTests
{
    private const int Steps = 60;
    private const int Cycles = 25;

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, 8)];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Compiled_designs_agree_with_the_interpreter(int block)
    {
        for (var seed = block * 1000; seed < (block * 1000) + 4; seed++)
        {
            var design = Elaborator.Elaborate(new RandomModule(seed, Steps));
            var (name, options) = OptionSets.All[seed % OptionSets.All.Count];
            Lockstep.Check(design, options, Cycles, $"seed {seed}, {name}", seed);
        }
    }
}
