using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>
/// Counts 0, 1, ... and starts again.
/// </summary>
/// <remarks>One register; a step is seen in the next cycle. Where the limit is a power of two the register wraps by itself.</remarks>
public sealed class Counter
{
    private readonly int _limit;

    internal Counter(Signal value, int limit) => (Value, _limit) = (value, limit);

    /// <summary>The count, 0 to the limit - 1.</summary>
    public Signal Value { get; }

    /// <summary>The next step goes back to 0.</summary>
    public Signal IsLast => Value == _limit - 1;

    /// <summary>The count after a step.</summary>
    internal Signal Following => _limit == 1 << Value.Width ? Value.WrapAdd(1) : Hardware.Mux(IsLast, 0, Value.WrapAdd(1));

    /// <summary>One step at the next edge, where the surrounding conditions hold.</summary>
    public void Step([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Value.Drive(Following, file, line);

    /// <summary>One step, back to 0 where <paramref name="isLast"/> is 1: for a count that a signal bounds.</summary>
    public void Step(Signal isLast, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Value.Drive(Hardware.Mux(isLast, 0, Value.WrapAdd(1)), file, line);

    /// <summary>Back to 0 at the next edge, where the surrounding conditions hold.</summary>
    public void Clear([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => Value.Drive(0, file, line);
}

/// <summary>Counters.</summary>
public static partial class Hardware
{
    /// <summary>A counter of <paramref name="limit"/> values; it resets to 0.</summary>
    public static Counter Counter(out Counter counter, int limit,
        [CallerArgumentExpression(nameof(counter))] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var register = Builder.Current.NewRegister(UInt(Sizes.AddressBits(limit)), Identifiers.OfOut(name), [0], new SourceLocation(file, line));
        return counter = new Counter(Builder.Current.Wrap(Builder.Current.Declare(register)), limit);
    }

    /// <summary>A counter of all values of an unsigned type: its user ends it, or it wraps. It resets to 0.</summary>
    public static Counter Counter(out Counter counter, HdlType type,
        [CallerArgumentExpression(nameof(counter))] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Counter(out counter, 1 << type.Width, name, file, line);
}
