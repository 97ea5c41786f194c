using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>
/// A reset that may come at any time, made safe for a clock: <see cref="Reset"/> becomes 1 at once when the asynchronous reset of the domain is asserted, and 0 at the
/// <paramref name="stages"/>-th edge after it was released, away from no register's edge. Put one before each clock, and connect its output to the reset port of what follows that clock.
/// </summary>
/// <param name="domain">The clock, and the reset from outside; the reset is taken as asynchronous.</param>
/// <param name="stages">Registers, at least 2.</param>
public sealed class ResetSynchroniser(ClockDomain domain, int stages = Synchronisers.MinStages) : Module
{
    /// <summary>The reset of the clock's registers, active high, from a register of the clock.</summary>
    public readonly Signal Reset = Output(Bit);

    /// <inheritdoc/>
    public override string Summary => $"reset of clock {domain.Clock}, asserted at once and released at an edge";

    /// <inheritdoc/>
    protected override void Build() => InDomain(domain with { AsynchronousReset = true }, () =>
    {
        var builder = Builder.Current;
        if (stages < Synchronisers.MinStages)
        {
            builder.Report("HDL0211", $"the reset synchroniser of '{domain.Clock}' has {stages} {(stages == 1 ? "register" : "registers")}", default, $"use {Synchronisers.MinStages} or more: the first one may be metastable");
        }

        Node value = builder.Arena.Const(Bit, 0);
        for (var stage = 1; stage <= stages; stage++)
        {
            var register = builder.NewRegister(Bit, $"reset{stage}", [1], default, CrossingKind.SynchroniserStage);
            builder.AssignRegister(register, value, null, default);
            value = register;
        }

        Reset.Drive(builder.Wrap(value));
    });
}
