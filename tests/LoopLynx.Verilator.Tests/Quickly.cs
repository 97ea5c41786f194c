namespace LoopLynx.Verilator.Tests;

/// <summary>Options of tests: a model that runs for some cycles isn't worth optimising.</summary>
internal static class Quickly
{
    public static VerilatorOptions Built { get; } = new() { CompilerFlags = ["-O0"] };
}
