using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// Reciprocals and reciprocal square roots of unsigned scalars: normalise, look up a first guess, improve it by one Newton step.
/// Free-running register levels, a value a cycle: for a <c>Pipeline</c>.
/// </summary>
public static class Reciprocals
{
    /// <summary>Register levels of <see cref="Reciprocal"/>.</summary>
    public const int ReciprocalLevels = 5;

    // The first guess of a square root, read from the table.
    private const int TableLevels = 1;

    // What a square root's first guess is multiplied by.
    private const int CorrectionLevels = 1;

    /// <summary>The contents of the table as a ROM of the module; declare it once, outside the pipeline.</summary>
    public static Memory ReciprocalTable(ReciprocalFormat format) => Rom(out _, UInt(format.MantissaBits), ReciprocalTables.Reciprocal(format), MemoryStyle.Distributed, "table");

    /// <summary>1 / x of an unsigned <paramref name="x"/> of at least 1; 0 gives no useful result. Five register levels.</summary>
    public static ScaledReciprocal Reciprocal(Signal x, Memory table, ReciprocalFormat format)
    {
        var (f, t) = (format.Fraction, format.TableBits);
        var exponent = x.HighestOne().Registered(name: "exponent");
        var mantissa = (x.Registered() << f).ShiftRight(exponent).Resize(f + 1).Registered(name: "mantissa");
        var first = table.Read(mantissa.Slice(f - t, t)).Registered(name: "first");
        var product = (mantissa.Registered() * first).RoundShift(f).Registered(name: "product");
        var correction = (Const(UInt(f + 2), BigTwo(f)) - product).Truncate(f + 2).AsUnsigned();
        var refined = (first.Registered() * correction).RoundShift(f).Truncate(f + 1).Registered(name: "refined");
        return new ScaledReciprocal(refined, exponent.Delayed(4));
    }

    /// <summary>The contents of the table as a ROM of the module; declare it once, outside the pipeline.</summary>
    public static Memory SquareRootTable(ReciprocalFormat format) => Rom(out _, UInt(format.MantissaBits), ReciprocalTables.SquareRoot(format), MemoryStyle.Distributed, "table");

    /// <summary>Register levels of <see cref="ReciprocalSquareRoot"/>: exponent, mantissa, table, square, product and its rounding, correction, refined product and its rounding.</summary>
    public static int SquareRootLevels(ReciprocalFormat format) =>
        HighestOnes.Levels + FixedPoint.ShiftLevels + TableLevels + SquareLevels(format) + CorrectedLevels(format) + CorrectionLevels + RefinedLevels(format);

    /// <summary>1 / sqrt(x) of an unsigned <paramref name="x"/> of at least 1; 0 gives no useful result. <see cref="SquareRootLevels"/> register levels.</summary>
    public static ScaledReciprocal ReciprocalSquareRoot(Signal x, Memory table, ReciprocalFormat format)
    {
        var (f, t) = (format.Fraction, format.TableBits);
        var exponent = (x.HighestOnePipelined() >> 1).Named("exponent");
        var mantissa = (x.Delayed(HighestOnes.Levels) << f).ShiftRightPipelined(Cat(exponent, 0)).Resize(f + 2);
        var first = table.Read(mantissa.Slice(f + 2 - t, t)).Registered(name: "first");
        var square = (first.MultiplyWide(first, "squared") >> f).Truncate(f + 1);
        var (squareLevels, productLevels) = (SquareLevels(format), CorrectedLevels(format) + CorrectionLevels);
        var product = mantissa.Delayed(TableLevels + squareLevels).MultiplyWide(square, "corrected").RoundShiftPipelined(f);
        var correction = (Const(UInt(f + 2), BigTwo(f) + (BigTwo(f) >> 1)) - product).Truncate(f + 3).AsUnsigned().Registered(name: "correction");
        var refined = first.Delayed(squareLevels + productLevels).MultiplyWide(correction, "refined").RoundShiftPipelined(f + 1).Truncate(f + 1);
        return new ScaledReciprocal(refined, exponent.Delayed(SquareRootLevels(format) - HighestOnes.Levels));
    }

    private static int SquareLevels(ReciprocalFormat format) => WideProducts.WideLatency(UInt(format.MantissaBits), UInt(format.MantissaBits));

    private static int CorrectedLevels(ReciprocalFormat format) => WideProducts.WideLatency(UInt(format.Fraction + 2), UInt(format.Fraction + 1)) + FixedPoint.RoundLevels;

    private static int RefinedLevels(ReciprocalFormat format) => WideProducts.WideLatency(UInt(format.MantissaBits), UInt(format.Fraction + 3)) + FixedPoint.RoundLevels;

    private static System.Numerics.BigInteger BigTwo(int fraction) => System.Numerics.BigInteger.One << (fraction + 1);
}
