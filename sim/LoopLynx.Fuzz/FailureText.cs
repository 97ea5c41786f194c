using LoopLynx.Gen;

namespace LoopLynx.Fuzz;

/// <summary>A failure for a person: where it differs, and the minimal design as C# and as Verilog.</summary>
public static class FailureText
{
    /// <summary>Everything.</summary>
    public static string Of(FuzzFailure failure) => $"""
        seed {failure.Seed}: {failure.Found}
        minimal design, {failure.Design.Definitions.Sum(d => d.Nodes.Length)} nodes: {failure.Minimal}
        --- C#
        {CSharp(failure)}
        --- Verilog
        {Verilog(failure)}
        """;

    /// <summary>The minimal design in the hardware language.</summary>
    public static string CSharp(FuzzFailure failure) => Mixing(failure) + CSharpPrinter.Print(failure.Design);

    private static string Mixing(FuzzFailure failure) => failure.Design.Top.Domains.DistinctBy(d => d.Clock).Count() < 2 ? "" : """
        // The clocks mix freely, which Elaborate refuses (HDL0207): a test in LoopLynx.Fuzz.Tests elaborates it unchecked.

        """;

    /// <summary>The minimal design as it is emitted.</summary>
    public static string Verilog(FuzzFailure failure) => string.Join('\n', VerilogBackend.Emit(failure.Design).Select(f => f.Text));
}
