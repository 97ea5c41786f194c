using LoopLynx.Gen.Tests.Designs;
using LoopLynx.Gen.Tests.Support;
using LoopLynx.Hdl;

namespace LoopLynx.Gen.Tests;

/// <summary>The emitted text computes what the interpreted engine computes, on designs that nobody thought of.</summary>
public class DifferentialTests
{
    private static int Designs => int.Parse(Environment.GetEnvironmentVariable("LOOPLYNX_GEN_DESIGNS") ?? "30");

    /// <summary>Icarus against the interpreter, and every front end without a warning.</summary>
    [Fact]
    public void Random_designs_agree_with_the_interpreter_and_lint_clean()
    {
        for (var seed = 1; seed <= Designs; seed++)
        {
            using var folder = new WorkFolder(Elaborator.Elaborate(new RandomModule(seed)));
            Console.WriteLine($"{seed} {DateTime.Now:mm:ss.f} {File.ReadAllText(folder.Path+"/RandomModule.v").Length}");
            Differential.Check(folder, seed, cycles: 40);

            // Verilator folds x ^ x and the like, which nobody writes, and then warns about comparisons with what is left.
            folder.Lint(yosys: seed % 8 == 0, "CMPCONST", "UNSIGNED");
        }
    }
}
