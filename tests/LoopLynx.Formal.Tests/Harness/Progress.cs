using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Harness;

/// <summary>Claims that something happens in the end, as counters: solvers of this kind see states, not the future.</summary>
internal static class Progress
{
    /// <summary>Of <paramref name="cycles"/> cycles in a row with <paramref name="condition"/>, at least one has <paramref name="happens"/>.</summary>
    /// <returns>Cycles that it has waited.</returns>
    public static Signal Within(string name, int cycles, Signal condition, Signal happens)
    {
        Register(out var waited, UInt(Sizes.BitsFor(cycles)), reset: 0, $"{name}_waited");
        var idle = condition & !happens;
        Assert(!idle | waited < cycles - 1, $"it goes on within {cycles} cycles ({name})");
        waited.Drive(Mux(idle, waited.WrapAdd(1), 0));
        return waited;
    }

    /// <summary>While <paramref name="waits"/>, unserved, <paramref name="overtakes"/> happens at most <paramref name="times"/> times.</summary>
    /// <returns>How often it has happened.</returns>
    public static Signal Fair(string name, int times, Signal waits, Signal served, Signal overtakes)
    {
        Register(out var overtaken, UInt(Sizes.BitsFor(times)), reset: 0, $"{name}_overtaken");
        Assert(!(waits & overtakes) | overtaken < times, $"no source waits for more than {times} beats of the others ({name})");
        overtaken.Drive(Mux(waits & !served, Mux(overtakes, overtaken.WrapAdd(1), overtaken), 0));
        return overtaken;
    }
}
