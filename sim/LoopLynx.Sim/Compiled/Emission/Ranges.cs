using System.Numerics;
using LoopLynx.Sim.Compiled.Lowering;

namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>Bounds of exact results, which tell where wrapping can be left out.</summary>
internal static class Ranges
{
    public static (BigInteger Min, BigInteger Max) Of(Value value) => value.Kind == ValueKind.Constant
        ? (value.Integers.Min(), value.Integers.Max())
        : (value.Type.Min, value.Type.Max);

    /// <summary>Bounds of an operation's result before it is wrapped to its type.</summary>
    public static (BigInteger Min, BigInteger Max) Exact(Value value)
    {
        var (minA, maxA) = Of(value.Operands[0]);
        var (minB, maxB) = value.Operands.Length > 1 ? Of(value.Operands[1]) : default;
        return value.Kind switch
        {
            ValueKind.Negate => (-maxA, -minA),
            ValueKind.Add => (minA + minB, maxA + maxB),
            ValueKind.Subtract => (minA - maxB, maxA - minB),
            ValueKind.Multiply => Hull(minA * minB, minA * maxB, maxA * minB, maxA * maxB),
            ValueKind.ShiftLeft when maxB < 256 => Hull(minA << (int)minB, minA << (int)maxB, maxA << (int)minB, maxA << (int)maxB),
            ValueKind.ShiftLeft => (-(BigInteger.One << 512), BigInteger.One << 512),
            ValueKind.ShiftRight when minB < 256 => Hull(minA >> (int)minB, BigInteger.Zero, maxA >> (int)minB, minA.Sign < 0 ? -1 : 0),
            ValueKind.ShiftRight => (-1, 0),
            ValueKind.And or ValueKind.Or or ValueKind.Xor => Bitwise(value),
            _ => (minA, maxA),
        };
    }

    private static (BigInteger Min, BigInteger Max) Hull(params ReadOnlySpan<BigInteger> corners)
    {
        var (min, max) = (corners[0], corners[0]);
        foreach (var corner in corners)
        {
            (min, max) = (BigInteger.Min(min, corner), BigInteger.Max(max, corner));
        }

        return (min, max);
    }

    // Bitwise results have the wider operand's bits.
    private static (BigInteger Min, BigInteger Max) Bitwise(Value value)
    {
        var (a, b) = (value.Operands[0].Type, value.Operands[1].Type);
        return (BigInteger.Min(a.Min, b.Min), BigInteger.Max(a.Max, b.Max));
    }
}
