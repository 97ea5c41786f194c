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

    // The first guess of a square root, read from the table.
    private const int TableLevels = 1;

    // What a square root's first guess is multiplied by.
    private const int CorrectionLevels = 1;

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

    /// <summary>
    /// Register levels of <see cref="ReciprocalSquareRoot"/>: exponent, mantissa, table, square, product and its rounding, correction, refined product and its
    /// rounding.
    /// </summary>
    public static int SquareRootLevels(ReciprocalFormat format) =>
        HighestOnes.Levels + FixedPoint.ShiftLevels + TableLevels + SquareLevels(format) + CorrectedLevels(format) + CorrectionLevels + RefinedLevels(format);

    /// <summary>
    /// 1 / sqrt(x) of an unsigned <paramref name="x"/> of at least 1; 0 gives no useful result. <see cref="SquareRootLevels"/> register levels.
    /// </summary>
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
        var refined = first.Delayed(squareLevels + productLevels).MultiplyWide(correction, "refined")
            .RoundShiftPipelined(f + 1).Truncate(f + 1);
        return new ScaledReciprocal(refined, exponent.Delayed(SquareRootLevels(format) - HighestOnes.Levels));
    }

    private static int SquareLevels(ReciprocalFormat format) => WideProducts.WideLatency(UInt(format.MantissaBits), UInt(format.MantissaBits));

    private static int CorrectedLevels(ReciprocalFormat format) =>
        WideProducts.WideLatency(UInt(format.Fraction + 2), UInt(format.Fraction + 1)) + FixedPoint.RoundLevels;

    private static int RefinedLevels(ReciprocalFormat format) =>
        WideProducts.WideLatency(UInt(format.MantissaBits), UInt(format.Fraction + 3)) + FixedPoint.RoundLevels;

    private static System.Numerics.BigInteger BigTwo(int fraction) => System.Numerics.BigInteger.One << (fraction + 1);
}
