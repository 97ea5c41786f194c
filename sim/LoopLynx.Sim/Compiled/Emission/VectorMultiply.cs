using System.Runtime.Intrinsics.X86;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Products of 64 bits from operands of at most 32: one instruction where a full 64-bit multiplication takes several.</summary>
internal static class VectorMultiply
{
    public static bool Fits(Value value) => Avx2.IsSupported
        && Array.TrueForAll(value.Operands, o => o.Type.Width <= 32 && o.Type.Signed == value.Type.Signed);

    /// <summary>The product of the low halves of 64-bit elements.</summary>
    public static string Long(VectorShape shape, string a, string b, bool signed)
    {
        var set = shape.Register(8) switch
        {
            64 => "Avx512F",
            32 => "Avx2",
            _ => signed ? "Sse41" : "Sse2",
        };
        var half = VectorShape.As(4, signed);
        return $"{set}.Multiply({a}{half}, {b}{half})";
    }
}
