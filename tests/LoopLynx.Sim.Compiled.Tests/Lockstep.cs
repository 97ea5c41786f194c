using LoopLynx.Fuzz.Engines;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Compiled.Tests;

/// <summary>The compiled engine beside the interpreted one.</summary>
public static class Lockstep
{
    /// <summary>Fails with the first value that differs.</summary>
    public static void Check(Design design, CompiledOptions options, int cycles, string what, int inputSeed = 0) =>
        Assert.Empty(CompiledCheck.Run(design, [(what, options)], cycles, inputSeed, TestContext.Current.CancellationToken).Mismatches);
}
