namespace LoopLynx.Accelerator.Tests.Support;

/// <summary>The formats that the accelerator has today, in the numbers that the tests use.</summary>
internal static class Plans
{
    public const int Max24 = (1 << 23) - 1;
    public const int Min24 = -(1 << 23);

    public static NumericPlan Int8 => NumericPlan.Int8;

    public static int Clip24(long value) => (int)Math.Clamp(value, Min24, Max24);

    public static sbyte Clip8(long value) => (sbyte)Math.Clamp(value, -127, 127);
}
