using System.Numerics;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>Written-out narrowing, rounding and shifting; each works lane by lane.</summary>
public static class SignalArithmetic
{
    /// <summary>Clips to the range of <paramref name="width"/> bits of the same signedness.</summary>
    public static Signal Saturate(this Signal a, int width)
    {
        var type = new HdlType(width, a.Type.Signed);
        return width >= a.Width ? a.Extend(width) : a.Clamp(type.Min, type.Max).Truncate(width);
    }

    /// <summary>Clips to <paramref name="low"/> .. <paramref name="high"/>; the type stays.</summary>
    public static Signal Clamp(this Signal a, BigInteger low, BigInteger high)
    {
        var type = a.Type.WithLanes(1);
        var atMost = high >= type.Max ? a : Hardware.Mux(a > Hardware.Const(type, high), Hardware.Const(type, high), a);
        return low <= type.Min ? atMost : Hardware.Mux(a < Hardware.Const(type, low), Hardware.Const(type, low), atMost);
    }

    /// <summary>floor(a / 2^bits + 1/2): division by a power of two with rounding half up; exact width.</summary>
    public static Signal RoundShift(this Signal a, int bits) =>
        bits == 0 ? a : (a + Hardware.Const(Literals.Smallest(BigInteger.One << (bits - 1), a.Type.Signed), BigInteger.One << (bits - 1))) >> bits;

    /// <summary>floor(a / 2^amount + 1/2) by a signal; as wide as the operand plus one bit. An amount of 0 gives the operand.</summary>
    /// <remarks>Shifts a doubled operand, then adds the half: floor((floor(2a / 2^n) + 1) / 2).</remarks>
    public static Signal RoundShift(this Signal a, Signal amount)
    {
        var doubled = (a << 1).ShiftRight(amount);
        return (doubled + 1) >> 1;
    }

    /// <summary>floor(a / 2^amount); the width stays.</summary>
    public static Signal ShiftRight(this Signal a, Signal amount) => Builder.Current.DynamicShift(BinaryOp.ShiftRight, a, amount, a.Width);

    /// <summary>a * 2^amount wrapped to <paramref name="width"/> bits.</summary>
    public static Signal ShiftLeft(this Signal a, Signal amount, int width) => Builder.Current.DynamicShift(BinaryOp.ShiftLeft, a, amount, width);

    /// <summary>a + b wrapped to a's width: for counters and pointers.</summary>
    public static Signal WrapAdd(this Signal a, Signal b) => (a + b).Truncate(a.Width);

    /// <summary>a - b wrapped to a's width, with a's signedness: for counters and pointers.</summary>
    public static Signal WrapSub(this Signal a, Signal b)
    {
        var difference = (a - b).Truncate(a.Width);
        return a.Type.Signed ? difference : difference.AsUnsigned();
    }

    /// <summary>Index of the most significant 1 of an unsigned value, per lane; 0 for 0.</summary>
    public static Signal HighestOne(this Signal a)
    {
        var bits = Sizes.AddressBits(a.Width);
        var result = Hardware.Const(Hardware.UInt(bits).Lanes(a.Lanes), 0);
        for (var i = 1; i < a.Width; i++)
        {
            result = Hardware.Mux(a[i], Hardware.Const(Hardware.UInt(bits), i), result);
        }

        return result;
    }
}
