using System.Collections.Immutable;
using System.Numerics;

namespace LoopLynx.Hdl.Netlist;

/// <summary>The structured form of a definition's assignments, kept so that emitted Verilog shows <c>if</c> and <c>case</c>. The last assignment wins.</summary>
/// <param name="Location">The C# line.</param>
public abstract record Statement(SourceLocation Location);

/// <summary>Gives a wire or a register's next value. The value's type equals the target's type.</summary>
public sealed record AssignStatement(Node Target, Node Value, SourceLocation Location) : Statement(Location);

/// <summary>One condition with its two branches; a branch may be empty.</summary>
public sealed record IfStatement(Node Condition, ImmutableArray<Statement> Then, ImmutableArray<Statement> Else, SourceLocation Location) : Statement(Location);

/// <summary>Selects by a scalar; keys are distinct over all arms.</summary>
public sealed record SwitchStatement(Node Selector, ImmutableArray<SwitchArm> Arms, ImmutableArray<Statement> Default, SourceLocation Location) : Statement(Location);

/// <summary>The statements for some selector values.</summary>
public sealed record SwitchArm(ImmutableArray<BigInteger> Keys, ImmutableArray<Statement> Body);
