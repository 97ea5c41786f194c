using LoopLynx.Sim.Compiled;

namespace LoopLynx.Fuzz;

/// <summary>The default options of the compiled engine, each optimisation off in turn, each width of vectors.</summary>
public static class OptionSets
{
    /// <summary>The first one is the default.</summary>
    public static IReadOnlyList<(string Name, CompiledOptions Options)> All { get; } =
    [
        ("default", new()),
        .. CompiledSwitches.All.Select(s => ($"no {s.Name}", s.Off(new()))),
        ("128 bits", new() { VectorBits = 128 }),
        ("256 bits", new() { VectorBits = 256 }),
        ("512 bits", new() { VectorBits = 512 }),
        ("small methods", new() { MethodStatements = 8 }),
        ("small groups", new() { GroupStatements = 1, SleepStatements = 0 }),
        ("groups", new() { GroupStatements = 6, SleepStatements = 0, MethodStatements = 8 }),
        ("nothing", CompiledSwitches.All.Aggregate(new CompiledOptions(), (options, s) => s.Off(options))),
    ];
}
