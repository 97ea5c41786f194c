namespace LoopLynx.Verilator.Tests;

/// <summary>Options of tests: a model that runs for some cycles isn't worth optimising.</summary>
internal static class QuickBuild
{
    public static VerilatorOptions Options { get; } = new() { CompilerFlags = ["-O0"] };
}
