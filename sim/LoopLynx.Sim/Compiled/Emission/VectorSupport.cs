using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LoopLynx.Hdl;
using LoopLynx.Sim.Compiled.Lowering;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>What runs on vector registers, and how wide they are.</summary>
internal sealed class VectorSupport(CompiledOptions options)
{
    // The runtime calls 512 bits accelerated only where they don't slow the processor's clock; there they win at every lane count that was measured.
    private readonly int _bits = !options.Lanes ? 0
        : options.VectorBits >= 0 ? Math.Min(options.VectorBits, Avx512F.IsSupported ? 512 : 256)
        : Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256 : 128;

    /// <summary>Whether any loop runs on vector registers.</summary>
    public bool IsEnabled => _bits > 0;

    /// <summary>Whether the rest of a loop is left out on purpose.</summary>
    public bool LosesRest => options.Planted == Miscompile.Lanes;

    /// <summary>Bytes of a register.</summary>
    public int Bytes => _bits / 8;

    /// <summary>Whether a lane value can be computed in vector registers.</summary>
    public bool Supports(Value value) => IsEnabled && value.Kind switch
    {
        ValueKind.ShiftLeft => IsConstant(value) || SupportsVariable(value, ShiftElement(value)),
        ValueKind.ShiftRight => IsConstant(value) || (SupportsVariable(value, ShiftElement(value)) && (ShiftElement(value) == 4 || !value.Operands[0].Type.Signed || Avx512F.VL.IsSupported)),
        _ => true,
    };

    /// <summary>Element bytes in which a shift by a variable amount is computed.</summary>
    public static int ShiftElement(Value value) =>
        Math.Max(4, LaneStorage.ElementBytes((value.Kind == ValueKind.ShiftLeft ? value.Type : value.Operands[0].Type).Width));

    /// <summary>Whether a shift's amount is known.</summary>
    public static bool IsConstant(Value shift) => shift.Operands[1].IsUniform;

    private static bool SupportsVariable(Value value, int element) =>
        Avx2.IsSupported && LaneStorage.ElementBytes(value.Operands[1].Type.Width) <= element;
}
