using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Verilator;

namespace LoopLynx.Testing;

/// <summary>
/// Makes engines for tests. The environment variable <c>LOOPLYNX_TEST_ENGINES</c> (names joined by commas) limits which ones theories run on,
/// for example <c>interpreted,compiled</c> where Verilator isn't installed.
/// </summary>
public static class TestEngines
{
    // Tests run few cycles: what the C++ compiler would save in them, it takes several times over. One set of flags has one run-time library.
    private static readonly VerilatorOptions Quick = new() { CompilerFlags = ["-O0"] };

    /// <summary>The engines that tests run on here.</summary>
    public static IReadOnlyList<EngineKind> Kinds { get; } = Selected();

    /// <summary>Starts a design in its power-up state.</summary>
    public static IEngine Create(EngineKind kind, Design design) => kind switch
    {
        EngineKind.Interpreted => new InterpretedEngine(design),
        EngineKind.Compiled => new CompiledEngine(design),
        EngineKind.Verilator => new VerilatorEngine(design, Quick),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "there is no such engine"),
    };

    /// <summary>Elaborates a module and starts it.</summary>
    public static IEngine Create(EngineKind kind, Module top) => Create(kind, Elaborator.Elaborate(top));

    private static EngineKind[] Selected() =>
        Environment.GetEnvironmentVariable("LOOPLYNX_TEST_ENGINES") is not { Length: > 0 } wanted
            ? Enum.GetValues<EngineKind>()
            : [.. wanted.Split(',', StringSplitOptions.TrimEntries).Select(name => Enum.Parse<EngineKind>(name, ignoreCase: true))];
}
