using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// Reciprocals and reciprocal square roots of unsigned scalars: normalise, look up a first guess, improve it by one Newton step.
/// Free-running register levels, a value a cycle: for a <c>Pipeline</c>.
/// </summary>
public static class Reciprocals
{
    // The first guess, read from the table; what it is multiplied by.
    private const int GuessLevels = 1;
    private const int DifferenceLevels = 1;

    /// <summary>Register levels of <see cref="ReciprocalSquareRoot"/>.</summary>
    public const int SquareRootLevels = 6;

    /// <summary>The contents of the table as a ROM of the module; declare it once, outside the pipeline.</summary>
    public static Memory ReciprocalTable(ReciprocalFormat format) => Rom(out _, UInt(format.MantissaBits), ReciprocalTables.Reciprocal(format), MemoryStyle.Distributed, "table");

    /// <summary>
    /// Register levels of <see cref="Reciprocal"/>: exponent, mantissa, table, product and its rounding, difference, refined product and its rounding.
    /// </summary>
    public static int ReciprocalLevels(ReciprocalFormat format) =>
        HighestOnes.Levels + FixedPoint.ShiftLevels + GuessLevels + GuessedLevels(format) + DifferenceLevels + ImprovedLevels(format);

    /// <summary>1 / x of an unsigned <paramref name="x"/> of at least 1; 0 gives no useful result. <see cref="ReciprocalLevels"/> register levels.</summary>
    public static ScaledReciprocal Reciprocal(Signal x, Memory table, ReciprocalFormat format)
    {
        var (f, t) = (format.Fraction, format.TableBits);
        var exponent = x.HighestOnePipelined();
        var mantissa = (x.Delayed(HighestOnes.Levels) << f).ShiftRightPipelined(exponent).Resize(f + 1);
        var first = table.Read(mantissa.Slice(f - t, t)).Registered(name: "first");
        var product = mantissa.Delayed(GuessLevels).MultiplyWide(first, "guessed").RoundShiftPipelined(f);
        var correction = (Const(UInt(f + 2), BigTwo(f)) - product).Truncate(f + 2).AsUnsigned().Registered(name: "difference");
        var refined = first.Delayed(GuessedLevels(format) + DifferenceLevels).MultiplyWide(correction, "improved").RoundShiftPipelined(f).Truncate(f + 1);
        return new ScaledReciprocal(refined, exponent.Delayed(ReciprocalLevels(format) - HighestOnes.Levels));
    }

    private static int GuessedLevels(ReciprocalFormat format) =>
        WideProducts.WideLatency(UInt(format.Fraction + 1), UInt(format.MantissaBits)) + FixedPoint.RoundLevels;

    private static int ImprovedLevels(ReciprocalFormat format) =>
        WideProducts.WideLatency(UInt(format.MantissaBits), UInt(format.Fraction + 2)) + FixedPoint.RoundLevels;

    /// <summary>The contents of the table as a ROM of the module; declare it once, outside the pipeline.</summary>
    public static Memory SquareRootTable(ReciprocalFormat format) => Rom(out _, UInt(format.MantissaBits), ReciprocalTables.SquareRoot(format), MemoryStyle.Distributed, "table");

    /// <summary>1 / sqrt(x) of an unsigned <paramref name="x"/> of at least 1; 0 gives no useful result. Six register levels.</summary>
    public static ScaledReciprocal ReciprocalSquareRoot(Signal x, Memory table, ReciprocalFormat format)
    {
        var (f, t) = (format.Fraction, format.TableBits);
        var exponent = (x.HighestOne() >> 1).Registered(name: "exponent");
        var mantissa = (x.Registered() << f).ShiftRight(Cat(exponent, 0)).Resize(f + 2).Registered(name: "mantissa");
        var first = table.Read(mantissa.Slice(f + 2 - t, t)).Registered(name: "first");
        var square = ((first * first) >> f).Truncate(f + 1).Registered(name: "square");
        var product = (mantissa.Delayed(2) * square).RoundShift(f).Registered(name: "product");
        var correction = (Const(UInt(f + 2), BigTwo(f) + (BigTwo(f) >> 1)) - product).Truncate(f + 3).AsUnsigned();
        var refined = (first.Delayed(2) * correction).RoundShift(f + 1).Truncate(f + 1).Registered(name: "refined");
        return new ScaledReciprocal(refined, exponent.Delayed(5));
    }

    private static System.Numerics.BigInteger BigTwo(int fraction) => System.Numerics.BigInteger.One << (fraction + 1);
}
