using System.Numerics;

namespace LoopLynx.Verilator;

/// <summary>Two engines disagree about an output port.</summary>
/// <param name="Cycle">Edges before the difference was seen.</param>
/// <param name="Signal">Name of the port.</param>
/// <param name="Lane">First lane that differs.</param>
/// <param name="Reference">The lane in the reference engine.</param>
/// <param name="Other">The lane in the other engine.</param>
public sealed record LockstepMismatch(long Cycle, string Signal, int Lane, BigInteger Reference, BigInteger Other)
{
    /// <inheritdoc/>
    public override string ToString() => $"cycle {Cycle}, {Signal}[{Lane}]: reference {Reference}, other {Other}";
}
