using System.Runtime.CompilerServices;

namespace LoopLynx.Hdl;

/// <summary>A state register whose states have names that are found while the design is built; it resets to state 0. With names that are known beforehand, use <see cref="Fsm{TState}"/>.</summary>
public sealed class StateRegister
{
    internal StateRegister(Signal state) => State = state;

    /// <summary>The register.</summary>
    public Signal State { get; }

    /// <summary>Whether the machine is in a state.</summary>
    public Signal Is(int state) => State == state;

    /// <summary>Enters a state at the next edge, where the surrounding conditions hold.</summary>
    public void Go(int state, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => State.Drive(state, file, line);
}

/// <summary>State machines whose states are data.</summary>
public static partial class Hardware
{
    /// <summary>A state machine over named states, which are numbered from 0.</summary>
    public static StateRegister States(out StateRegister states, IReadOnlyList<string> names, [CallerArgumentExpression(nameof(states))] string name = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var builder = Builder.Current;
        var register = builder.NewRegister(UInt(Sizes.AddressBits(names.Count)), Identifiers.OfOut(name), [0], new SourceLocation(file, line), states: [.. names]);
        return states = new StateRegister(builder.Wrap(builder.Declare(register)));
    }
}
