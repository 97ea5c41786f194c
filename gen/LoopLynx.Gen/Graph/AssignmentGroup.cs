using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Gen.Graph;

/// <summary>Wires, or registers of one clock, that the same top-level statements assign: one <c>always</c> block or one <c>assign</c>.</summary>
/// <param name="Targets">The wires or registers, in order of their first assignment.</param>
/// <param name="Statements">The statements, only with assignments to these targets.</param>
internal sealed record AssignmentGroup(ImmutableArray<Node> Targets, ImmutableArray<Statement> Statements)
{
    /// <summary>The register that stands for the clock and reset of the group; null for wires.</summary>
    public RegisterNode? Register => Targets[0] as RegisterNode;

    /// <summary>The one value of a wire or register without conditions: its last assignment; null otherwise.</summary>
    public AssignStatement? Plain => Targets.Length == 1 && Statements.All(s => s is AssignStatement) ? (AssignStatement)Statements[^1] : null;
}
