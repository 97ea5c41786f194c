using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>
/// A number of things that may still be taken, for example places in a FIFO: it counts down where one is taken and up where one is given back.
/// It claims, in simulation and for formal tools: none is taken that isn't there, none is given back beyond the limit.
/// </summary>
/// <remarks>One register; a change is seen in the next cycle. No combinational path from <see cref="Move"/>'s operands to <see cref="Count"/>.</remarks>
public sealed class Credits
{
    private readonly int _limit;

    internal Credits(Signal count, int limit) => (Count, _limit) = (count, limit);

    /// <summary>How many there are, 0 to the limit.</summary>
    public Signal Count { get; }

    /// <summary>There is one.</summary>
    public Signal Any => Count != 0;

    /// <summary>There are as many as can be.</summary>
    public Signal IsFull => Count == _limit;

    /// <summary>One less at the next edge where <paramref name="take"/> is 1, one more where <paramref name="give"/> is, the same where both are; where the surrounding conditions hold. Called once.</summary>
    public void Move(Signal take, Signal give, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var message = $"a credit is taken only where there is one, and none comes back beyond the {_limit} that there are";
        Hardware.Assert(Hardware.Mux(take, give | Any, !give | !IsFull), message, file, line);
        Count.Drive(After(Count, take, give), file, line);
    }

    /// <summary>The next value of such a count, without the claims.</summary>
    internal static Signal After(Signal count, Signal take, Signal give) => Hardware.Mux(take & !give, count.WrapSub(1), Hardware.Mux(give & !take, count.WrapAdd(1), count));
}

/// <summary>Credits.</summary>
public static partial class Hardware
{
    /// <summary>Cycles from a credit that is taken or given back to the count that shows it.</summary>
    public const int CreditLatency = 1;

    /// <summary>Credits, <paramref name="limit"/> at most and, where <paramref name="initial"/> says nothing else, after reset.</summary>
    public static Credits Credits(out Credits credits, int limit, int? initial = null,
        [CallerArgumentExpression(nameof(credits))] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var builder = Builder.Current;
        var count = builder.NewRegister(UInt(Sizes.BitsFor(limit)), Identifiers.OfOut(name), [initial ?? limit], new SourceLocation(file, line));
        return credits = new Credits(builder.Wrap(builder.Declare(count)), limit);
    }
}
