using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>A state register whose values are the members of an enumeration; it resets to the first one (value 0).</summary>
public sealed class Fsm<TState> where TState : struct, Enum
{
    internal Fsm(Signal state) => State = state;

    /// <summary>The register.</summary>
    public Signal State { get; }

    /// <summary>Whether the machine is in <paramref name="state"/>.</summary>
    public Signal Is(TState state) => State == Value(state);

    /// <summary>Enters <paramref name="state"/> at the next edge, where the surrounding conditions hold.</summary>
    public void Go(TState state, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => State.Drive(Value(state), file, line);

    /// <summary>Enters one of two states.</summary>
    public void Go(Signal condition, TState whenTrue, TState whenFalse, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        State.Drive(Hardware.Mux(condition, Hardware.Const(State.Type, Value(whenTrue)), Hardware.Const(State.Type, Value(whenFalse))), file, line);

    private static int Value(TState state) => Convert.ToInt32(state, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>State machines.</summary>
public static partial class Hardware
{
    /// <summary>A state machine over the members of <typeparamref name="TState"/>, which are numbered from 0.</summary>
    public static Fsm<TState> Fsm<TState>(out Fsm<TState> fsm, [CallerArgumentExpression(nameof(fsm))] string name = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) where TState : struct, Enum
    {
        var builder = Builder.Current;
        var states = Enum.GetValues<TState>();
        var location = new SourceLocation(file, line);
        if (!states.Select(state => Convert.ToInt64(state, System.Globalization.CultureInfo.InvariantCulture)).SequenceEqual(Enumerable.Range(0, states.Length).Select(i => (long)i)))
        {
            throw builder.Fatal("HDL0122", $"the members of {typeof(TState).Name} are not 0 to {states.Length - 1}", "leave out the numbers of the members");
        }

        var register = builder.NewRegister(UInt(Sizes.AddressBits(states.Length)), Identifiers.OfOut(name), [0], location, states: [.. Enum.GetNames<TState>()]);
        return fsm = new Fsm<TState>(builder.Wrap(builder.Declare(register)));
    }
}
