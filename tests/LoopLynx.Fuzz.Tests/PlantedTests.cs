using LoopLynx.Sim.Compiled;

namespace LoopLynx.Fuzz.Tests;

/// <summary>A mistake in any one optimisation of the compiled engine is found, and shrunk to something that a person can read.</summary>
public class PlantedTests(ITestOutputHelper output)
{
    private const int Seeds = 200;
    private const int Step = 10;

    public static TheoryData<string, string> Mistakes => new()
    {
        { nameof(Miscompile.Lanes), "lanes" },
        { nameof(Miscompile.Packing), "packing" },
        { nameof(Miscompile.Fusion), "fusion" },
        { nameof(Miscompile.InPlace), "in-place" },
        { nameof(Miscompile.Branches), "branches" },
        { nameof(Miscompile.Sleep), "sleep" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_in_an_optimisation_is_found_within_200_seeds(string mistake, string optimisation)
    {
        for (var seed = 1; seed <= Seeds; seed += Step)
        {
            var result = new Fuzzer(new FuzzOptions
            {
                Seeds = Step,
                BatchSize = Step,
                FirstSeed = seed,
                Cycles = 32,
                Engines = ["interpreted", "compiled"],
                Planted = Enum.Parse<Miscompile>(mistake),
                Shrunk = 1,
                ShrinkTime = TimeSpan.FromSeconds(30),
            }).Run(cancel: TestContext.Current.CancellationToken);
            if (result.Mismatches > 0)
            {
                var failure = Assert.Single(result.Failures);
                Assert.StartsWith("compiled, ", failure.Found.Engine);
                Assert.DoesNotContain($"no {optimisation}", failure.Found.Engine);
                Assert.False(failure.Minimal.IsFailure);
                Assert.Contains("module ", FailureText.Verilog(failure));
                output.WriteLine($"{mistake}: seed {failure.Seed}, {result.Mismatches} of {result.Designs} designs");
                output.WriteLine(FailureText.Of(failure));
                return;
            }
        }

        Assert.Fail($"{mistake} was not found in {Seeds} seeds");
    }
}
