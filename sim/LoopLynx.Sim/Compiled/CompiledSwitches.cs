namespace LoopLynx.Sim.Compiled;

/// <summary>An optimisation of the compiled engine by name.</summary>
/// <param name="Name">Short name, as in <c>--no-lanes</c>.</param>
/// <param name="Description">What it does.</param>
/// <param name="Off">Turns it off.</param>
public sealed record CompiledSwitch(string Name, string Description, Func<CompiledOptions, CompiledOptions> Off);

/// <summary>All optimisations of the compiled engine.</summary>
public static class CompiledSwitches
{
    /// <summary>The list that command line, benchmark and documentation share.</summary>
    public static IReadOnlyList<CompiledSwitch> All { get; } =
    [
        new("lanes", "lane operations on vector registers", o => o with { Lanes = false }),
        new("packing", "registers of like instances as lanes of one value", o => o with { Packing = false }),
        new("fusion", "joining operations with one user into one expression or loop", o => o with { Fusion = false }),
        new("in-place", "updating registers in place by ordering", o => o with { InPlace = false }),
        new("branches", "skipping logic whose enable is off", o => o with { EnableBranches = false }),
        new("sleep", "leaving out parts of a cycle whose inputs haven't changed", o => o with { Sleep = false }),
    ];
}
