using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// Single bits from one clock to another. A register that samples a bit while it changes may be metastable for a while; a second register gives it a cycle to decide.
/// Which cycle sees the change is open, so bits that belong together may not cross one by one.
/// </summary>
public static class Synchronisers
{
    /// <summary>The least number of registers that is a synchroniser.</summary>
    public const int MinStages = 2;

    /// <summary>
    /// The bit as clock <paramref name="into"/> sees it, through <paramref name="stages"/> registers. The bit must come from a register of its own clock (logic glitches: HDL0209)
    /// and must stay long enough for an edge of <paramref name="into"/> to see it. Latency: <paramref name="stages"/> edges of <paramref name="into"/>, at most one more.
    /// </summary>
    /// <param name="bit">One bit; wider values cross with <c>Cross</c> or <c>CrossByHandshake</c>.</param>
    /// <param name="into">The clock that reads the result.</param>
    /// <param name="stages">Registers, at least 2.</param>
    /// <param name="reset">What the result is while <paramref name="into"/> is in reset.</param>
    /// <param name="name">Prefix of the registers' names.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public static Signal Synchronise(this Signal bit, ClockDomain into, int stages = MinStages, bool reset = false, string name = "sync", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var location = new SourceLocation(file, line);
        CheckIsBit(bit, name, location);
        return Chain(bit, into, stages, reset, name, location);
    }

    /// <summary>
    /// A pulse of one cycle in <paramref name="into"/> for each cycle in which <paramref name="pulse"/> is 1 at an edge of the domain around the call.
    /// Pulses are at least <paramref name="stages"/> + 1 edges of <paramref name="into"/> apart; closer ones may be lost in pairs (use <c>CrossByHandshake</c> where they may come closer).
    /// Latency: one edge of the pulse's clock, then <paramref name="stages"/> edges of <paramref name="into"/>, at most one more. Reset both domains together.
    /// </summary>
    /// <inheritdoc cref="Synchronise"/>
    public static Signal SynchronisePulse(this Signal pulse, ClockDomain into, int stages = MinStages, string name = "pulse", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var location = new SourceLocation(file, line);
        CheckIsBit(pulse, name, location);
        var builder = Builder.Current;
        var toggle = builder.NewRegister(pulse.Type, $"{name}_toggle", [0], location);
        builder.AssignRegister(toggle, builder.Resolve(builder.Wrap(toggle) ^ pulse), null, location);
        var seen = Chain(builder.Wrap(toggle), into, stages, reset: false, name, location);
        Signal before = null!;
        builder.InDomain(into, () => before = seen.RegisteredReset(0, null, $"{name}_before", file, line));
        return seen ^ before;
    }

    /// <summary>The registers, for a bit or for a value of which at most one bit changes at an edge.</summary>
    internal static Signal Chain(Signal value, ClockDomain into, int stages, bool reset, string name, SourceLocation location)
    {
        var builder = Builder.Current;
        if (stages < MinStages)
        {
            builder.Report("HDL0211", $"the synchroniser '{name}' has {stages} {(stages == 1 ? "register" : "registers")}", location, $"use {MinStages} or more: the first one may be metastable");
        }

        var node = builder.Resolve(value);
        Builder.Stamp(node, location);
        builder.InDomain(into, () =>
        {
            for (var stage = 1; stage <= stages; stage++)
            {
                var kind = stage == 1 ? CrossingKind.Synchroniser : CrossingKind.SynchroniserStage;
                var register = builder.NewRegister(node.Type, $"{name}{stage}", [reset ? 1 : 0], location, kind);
                builder.AssignRegister(register, node, null, location);
                node = register;
            }
        });
        return builder.Wrap(node);
    }

    private static void CheckIsBit(Signal value, string name, SourceLocation location)
    {
        if (value.Type.IsBit)
        {
            return;
        }

        Builder.Current.Report("HDL0210", $"'{name}' synchronises {value}, which is more than one bit", location,
            "bits that are synchronised one by one arrive in different cycles: let the value cross as a stream, with Cross or CrossByHandshake");
    }
}
