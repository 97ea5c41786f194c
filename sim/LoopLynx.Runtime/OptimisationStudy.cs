using LoopLynx.Accelerator;

namespace LoopLynx.Runtime;

/// <summary>The effect of each optimisation: the same token with all of them, then with one off at a time, then with all three of the paper's off.</summary>
public static class OptimisationStudy
{
    /// <summary>The three optimisations of the paper's Fig. 5 and section III-C, in one case.</summary>
    public const string PaperThree = "critical-path, head-pipeline, transmission-hiding";

    /// <summary>Simulates all cases.</summary>
    /// <param name="configuration">The machine.</param>
    /// <param name="run">Simulates a configuration.</param>
    public static IEnumerable<OptimisationCase> Run(NodeConfiguration configuration, Func<NodeConfiguration, TokenResult> run)
    {
        OptimisationCase Case(string? off, NodeConfiguration c)
        {
            var result = run(c);
            return new OptimisationCase(off, result, result.ModelCycles);
        }

        yield return Case(null, configuration);
        foreach (var optimisation in Presets.Optimisations.Where(o => o.Off(configuration) != configuration))
        {
            yield return Case(optimisation.Name, Presets.Without(configuration, optimisation.Name).Validated());
        }

        var three = PaperThree.Split(", ").Aggregate(configuration, Presets.Without).Validated();
        yield return Case(PaperThree, three);
    }
}
