namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Shifts by an amount a lane. Amounts of at least the element's bits shift everything out, as the language wants.</summary>
internal static class VectorShift
{
    public static string Variable(VectorShape shape, int element, bool left, bool signed, string value, string amount)
    {
        var name = left ? "ShiftLeftLogicalVariable" : signed ? "ShiftRightArithmeticVariable" : "ShiftRightLogicalVariable";
        var set = shape.Register(element) == 64 ? "Avx512F" : element == 8 && signed && !left ? "Avx512F.VL" : "Avx2";
        return $"{set}.{name}({value}, {amount})";
    }
}
