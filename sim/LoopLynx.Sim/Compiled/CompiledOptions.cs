namespace LoopLynx.Sim.Compiled;

/// <summary>The optimisations of the compiled engine, each of which can be turned off to measure it; results never depend on them.</summary>
public sealed record CompiledOptions
{
    /// <summary>Everything on.</summary>
    public static CompiledOptions Default { get; } = new();

    /// <summary>Lane operations run on vector registers of the processor; off: one lane after another.</summary>
    public bool Lanes { get; init; } = true;

    /// <summary>
    /// Bits of a vector register: 128, 256 or 512, at most what the processor has; 0 is the same as <see cref="Lanes"/> off;
    /// -1: the processor's best for each value.
    /// </summary>
    public int VectorBits { get; init; } = -1;

    /// <summary>Registers of like instances and the logic before them are computed as lanes; needs <see cref="Lanes"/>.</summary>
    public bool Packing { get; init; } = true;

    /// <summary>Operations with one user join it in one expression or lane loop; off: every value is stored on its own.</summary>
    public bool Fusion { get; init; } = true;

    /// <summary>Registers are updated in place, in an order that needs few copies of old values; off: every register is copied first.</summary>
    public bool InPlace { get; init; } = true;

    /// <summary>Logic that only matters under an enable runs in a branch on it; off: everything runs every cycle.</summary>
    public bool EnableBranches { get; init; } = true;

    /// <summary>Parts of a cycle whose inputs haven't changed since they last ran are left out; only designs of one clock have them.</summary>
    public bool Sleep { get; init; } = true;

    /// <summary>About how many statements a part that sleeps has at least.</summary>
    public int GroupStatements { get; init; } = 14;

    /// <summary>A cycle of fewer statements has no parts that sleep: in small designs, finding out what changes costs more than it saves.</summary>
    public int SleepStatements { get; init; } = 2500;

    /// <summary>Assertions and assumptions are checked before every edge outside reset.</summary>
    public bool CheckAssertions { get; init; } = true;

    /// <summary>About how many statements a generated method has; the just-in-time compiler stops optimising far above 1,000.</summary>
    public int MethodStatements { get; init; } = 400;

    /// <summary>A mistake made on purpose, for tests.</summary>
    internal Miscompile Planted { get; init; }
}
