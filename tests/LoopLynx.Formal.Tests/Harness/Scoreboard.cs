using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests.Harness;

/// <summary>
/// The contract between one input and one output of a combinator: nothing lost, nothing doubled, order kept.
/// The solver picks one beat (any beat, at any time); the scoreboard remembers its value and how many parts are ahead of it,
/// and when its turn comes the output must show it. Counters are as small as what the combinator can hold, so that a claim which is proved
/// by induction holds for runs of any length.
/// </summary>
/// <remarks>
/// A beat is inside from the cycle in which it is first offered until it leaves: so it is also right for combinators that show a beat before they take it.
/// Parts are lanes of a beat: <c>Widen</c> takes one a beat and gives several, <c>Narrow</c> the other way round.
/// </remarks>
internal sealed class Scoreboard
{
    private Scoreboard(Signal inside, Signal watching, Signal ahead, Signal value, Signal waiting)
    {
        Inside = inside;
        Watching = watching;
        Ahead = ahead;
        Value = value;
        Waiting = waiting;
    }

    /// <summary>Parts inside at the start of the cycle, one that the source still offers among them.</summary>
    public Signal Inside { get; }

    /// <summary>The picked beat is inside.</summary>
    public Signal Watching { get; }

    /// <summary>Parts that leave before the picked one.</summary>
    public Signal Ahead { get; }

    /// <summary>The picked part.</summary>
    public Signal Value { get; }

    /// <summary>The source's beat was offered in the cycle before and not taken: the offer of this cycle is the same beat.</summary>
    public Signal Waiting { get; }

    /// <summary>Makes the claims.</summary>
    /// <param name="name">Prefix of the registers' names.</param>
    /// <param name="input">Where beats come in.</param>
    /// <param name="output">Where they leave.</param>
    /// <param name="pick">The solver's choice: watch the beat that arrives now.</param>
    /// <param name="capacity">Parts that can be inside, one beat that is offered and not taken among them.</param>
    /// <param name="route">What of the input belongs to what of the output; all of both where null.</param>
    public static Scoreboard Watch(string name, Stream<Signal> input, Stream<Signal> output, Pick pick, int capacity, Route? route = null)
    {
        var keep = route?.Keep ?? Const(Bit, 1);
        var mine = route?.Mine ?? Const(Bit, 1);
        var expected = route?.Expected ?? input.Data;
        var observed = route?.Observed ?? output.Data;
        var (partsIn, partsOut) = (expected.Lanes, observed.Lanes);
        var counter = UInt(Sizes.BitsFor(capacity + partsIn));
        var element = expected.Type.WithLanes(1);

        var waiting = (input.Valid & !input.Ready).RegisteredReset(0, null, $"{name}_waiting");
        var arrives = input.Valid & keep & !waiting;
        var offered = output.Valid & mine;
        var leaves = output.Fire & mine;

        Register(out var inside, counter, reset: 0, $"{name}_inside");
        var now = (inside + Mux(arrives, Const(counter, partsIn), Const(counter, 0))).Truncate(counter.Width);
        inside.Drive(Mux(leaves, now.WrapSub(partsOut), now));
        Assert(now <= capacity, "no more is inside than fits");
        Assert(!offered | now >= partsOut, "nothing comes out that didn't go in");

        Register(out var watching, Bit, reset: 0, $"{name}_watching");
        Register(out var ahead, counter, reset: 0, $"{name}_ahead");
        Register(out var value, element, reset: 0, $"{name}_value");
        var active = watching | (arrives & pick.Now);
        var aheadNow = Mux(watching, ahead, partsIn == 1 ? inside : (inside + pick.Part).Truncate(counter.Width));
        var valueNow = Mux(watching, value, partsIn == 1 ? expected : expected.SelectLanes(pick.Part, 1));
        var shown = partsOut == 1 ? observed : observed.SelectLanes(aheadNow.Truncate(Sizes.AddressBits(partsOut)), 1);
        var due = active & aheadNow < partsOut;
        Assert(!(due & offered) | shown == valueNow, "a beat leaves with its own data and in its turn");
        Assert(!watching | ahead < inside, "a beat that is watched is inside");
        Cover(due & leaves, "a watched beat leaves");
        watching.Drive(active & !(due & leaves));
        ahead.Drive(Mux(leaves, aheadNow.WrapSub(partsOut), aheadNow));
        value.Drive(valueNow);
        return new Scoreboard(inside, watching, ahead, value, waiting);
    }
}
