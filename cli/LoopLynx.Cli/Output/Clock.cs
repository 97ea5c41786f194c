using LoopLynx.Gen.Board;

namespace LoopLynx.Cli.Output;

/// <summary>Cycles as time, at the clock of the board's description.</summary>
public static class Clock
{
    /// <summary>The board's clock in MHz, for printing.</summary>
    public static double Mhz => U50.Default.ClockMhz;

    /// <summary>Cycles in milliseconds.</summary>
    public static double Milliseconds(double cycles) => cycles / (Mhz * 1000);
}
