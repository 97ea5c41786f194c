namespace LoopLynx.Testing;

/// <summary>The engines that every module test runs on.</summary>
public enum EngineKind
{
    /// <summary>The plain reference simulator.</summary>
    Interpreted,

    /// <summary>Generated C#.</summary>
    Compiled,

    /// <summary>The emitted Verilog, through Verilator.</summary>
    Verilator,
}
