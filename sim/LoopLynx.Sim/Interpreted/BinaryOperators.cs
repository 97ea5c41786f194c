namespace LoopLynx.Sim.Interpreted;

/// <summary>
/// A binary operator on lanes of up to 64 bits, modulo 2^64 before the wrap to the result's width. A type argument rather than a
/// delegate, so that each operator gets its own loop.
/// </summary>
internal interface IBinaryOperator
{
    static abstract long Apply(long a, long b);
}

internal readonly struct AddOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => a + b;
}

internal readonly struct SubtractOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => a - b;
}

internal readonly struct MultiplyOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => a * b;
}

internal readonly struct AndOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => a & b;
}

internal readonly struct OrOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => a | b;
}

internal readonly struct XorOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => a ^ b;
}

internal readonly struct EqualOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => a == b ? 1 : 0;
}

internal readonly struct NotEqualOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => a != b ? 1 : 0;
}

internal readonly struct LessSignedOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => a < b ? 1 : 0;
}

internal readonly struct LessUnsignedOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => (ulong)a < (ulong)b ? 1 : 0;
}

internal readonly struct LessOrEqualSignedOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => a <= b ? 1 : 0;
}

internal readonly struct LessOrEqualUnsignedOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => (ulong)a <= (ulong)b ? 1 : 0;
}

internal readonly struct ShiftLeftOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => (ulong)b > 63 ? 0 : a << (int)b;
}

internal readonly struct ShiftRightSignedOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => a >> (int)ulong.Min((ulong)b, 63);
}

internal readonly struct ShiftRightUnsignedOperator : IBinaryOperator
{
    public static long Apply(long a, long b) => (ulong)b > 63 ? 0 : (long)((ulong)a >> (int)b);
}
