using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>One of several registers that hold the same value; synthesis keeps each, so that each drives a share of the value's loads.</summary>
/// <param name="type">Type of the value.</param>
/// <param name="hasEnable">The register changes only where an enable is 1.</param>
/// <param name="reset">Value after reset, in every lane; null: no reset.</param>
/// <param name="domain">Its clock; null: the default domain's.</param>
public sealed class RegisterCopy(HdlType type, bool hasEnable, int? reset, ClockDomain? domain = null) : Module
{
    /// <summary>The value.</summary>
    public readonly Signal Value = Input(type);

    /// <summary>1: the register takes the value; null without an enable.</summary>
    public readonly Signal? Enable = hasEnable ? Input(Bit) : null;

    /// <summary>The value a cycle later.</summary>
    public readonly Signal Copy = Output(type);

    /// <inheritdoc/>
    public override string Summary => "one copy of a register";

    /// <inheritdoc/>
    public override bool IsKept => true;

    /// <inheritdoc/>
    protected override void Build() => InDomain(
        domain ?? ClockDomain.Default,
        () => Copy.Drive(reset is { } value ? Value.RegisteredReset(value, Enable, "copy") : Value.Registered(Enable, "copy")));
}

/// <summary>Registers with many loads.</summary>
public static class RegisterCopies
{
    /// <summary>Cycles from a signal to its copies.</summary>
    public const int CopyLatency = 1;

    /// <summary>
    /// The signal in <paramref name="count"/> registers of equal contents that synthesis doesn't merge: each takes a share of the loads.
    /// Latency <see cref="CopyLatency"/>.
    /// </summary>
    /// <param name="signal">The value.</param>
    /// <param name="count">How many copies.</param>
    /// <param name="enable">They change only where it is 1; null: always.</param>
    /// <param name="reset">Value after reset, in every lane; null: no reset.</param>
    /// <param name="name">Prefix of the instances' names; by default that of what the copies are assigned to.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public static Signal[] Copies(this Signal signal, int count, Signal? enable = null, int? reset = null, string name = "",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "copies", file, line);
        var copies = Instances(count, _ => new RegisterCopy(signal.Type, enable is not null, reset, Builder.Current.Domain), name, file, line);
        foreach (var copy in copies)
        {
            copy.Value.Drive(signal, file, line);
            copy.Enable?.Drive(enable!, file, line);
        }

        return [.. copies.Select(c => c.Copy)];
    }

    /// <summary>
    /// Copies of a bit as one value with a lane for each that they serve: each copy has <paramref name="share"/> neighbours, the last what is left.
    /// </summary>
    /// <param name="copies">The copies; more than the shares need are left out.</param>
    /// <param name="lanes">Lanes of the result.</param>
    /// <param name="share">Lanes of a copy.</param>
    public static Signal Spread(this Signal[] copies, int lanes, int share)
    {
        var used = (lanes + share - 1) / share;
        return SignalLanes.JoinLanes([.. copies.Take(used).Select((copy, i) => copy.Tile(Math.Min(share, lanes - (i * share))))]);
    }
}
