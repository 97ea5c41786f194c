using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Passes;

/// <summary>What one register of a <see cref="ResetTree"/> drives.</summary>
/// <param name="DrivesOwn">The definition's own registers and claims.</param>
/// <param name="Instances">And these instances.</param>
/// <param name="Loads">Register bits in all of them.</param>
public sealed record ResetGroup(bool DrivesOwn, ImmutableArray<InstanceInfo> Instances, int Loads)
{
    internal ResetGroup With(ResetGroup other) => new(DrivesOwn | other.DrivesOwn, [.. Instances, .. other.Instances], Loads + other.Loads);
}
