namespace LoopLynx.Sim.Compiled.Tests;

/// <summary>The default options and each optimisation off in turn.</summary>
public static class OptionSets
{
    public static IReadOnlyList<(string Name, CompiledOptions Options)> All { get; } =
    [
        ("default", new()),
        ("scalar", new() { VectorBits = 0 }),
        ("no lanes", new() { Lanes = false }),
        ("128 bits", new() { VectorBits = 128 }),
        ("256 bits", new() { VectorBits = 256 }),
        ("512 bits", new() { VectorBits = 512 }),
        ("no packing", new() { Packing = false }),
        ("no fusion", new() { Fusion = false }),
        ("no in-place", new() { InPlace = false }),
        ("no branches", new() { EnableBranches = false }),
        ("small methods", new() { MethodStatements = 8 }),
        ("nothing", new() { Lanes = false, Fusion = false, InPlace = false, EnableBranches = false }),
    ];
}
