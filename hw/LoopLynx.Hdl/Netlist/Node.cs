using System.Collections.Immutable;
using System.Numerics;

namespace LoopLynx.Hdl.Netlist;

/// <summary>
/// One value of a definition. The set of kinds is closed (the classes of this folder that derive from it).
/// The meaning of every operation is the same: compute the exact integer of each lane, then wrap it to <see cref="Type"/>.
/// An operand with one lane is broadcast over the lanes of a lane-wise node.
/// </summary>
public abstract class Node
{
    internal Node(HdlType type) => Type = type;

    /// <summary>Dense index in <see cref="Definition.Nodes"/>, in creation order.</summary>
    public int Id { get; internal set; } = -1;

    /// <summary>Width, signedness and lanes of the value.</summary>
    public HdlType Type { get; }

    /// <summary>The user's name, unique in the definition; null for an anonymous value.</summary>
    public string? Name { get; internal set; }

    /// <summary>The C# line that made it, or the line of the sink that first used it.</summary>
    public SourceLocation Location { get; internal set; }

    /// <summary>Combinational operands, in order. Registers and synchronous reads have none here: their inputs are sampled by the clock.</summary>
    public abstract ImmutableArray<Node> Operands { get; }

    /// <summary>Inputs sampled at the clock edge; empty for combinational nodes.</summary>
    public virtual ImmutableArray<Node> Sampled => [];
}

/// <summary>A literal. <see cref="Values"/> has one entry per lane.</summary>
public sealed class ConstNode(HdlType type, ImmutableArray<BigInteger> values) : Node(type)
{
    /// <summary>One integer per lane, each within the type's range.</summary>
    public ImmutableArray<BigInteger> Values { get; } = values;

    /// <summary>Whether all lanes are equal.</summary>
    public bool IsUniform => Values.AsSpan().IndexOfAnyExcept(Values[0]) < 0;

    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands => [];
}

/// <summary>An input port of the definition.</summary>
public sealed class InputNode(HdlType type) : Node(type)
{
    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands => [];
}

/// <summary>A named combinational value (also every output port): an alias of <see cref="Value"/>.</summary>
public sealed class WireNode(HdlType type) : Node(type)
{
    /// <summary>The expression that drives the wire, conditional assignments already folded into multiplexers.</summary>
    public Node Value { get; internal set; } = null!;

    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands => [Value];
}

/// <summary>Operators of <see cref="UnaryNode"/>.</summary>
public enum UnaryOp
{
    /// <summary>Bitwise complement of the operand's bits; same type.</summary>
    Not,

    /// <summary>Two's complement negation.</summary>
    Negate,
}

/// <summary>A lane-wise operation of one operand.</summary>
public sealed class UnaryNode(HdlType type, UnaryOp op, Node a) : Node(type)
{
    /// <summary>The operator.</summary>
    public UnaryOp Op { get; } = op;

    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands { get; } = [a];
}

/// <summary>Operators of <see cref="BinaryNode"/>. Comparisons give one unsigned bit per lane.</summary>
public enum BinaryOp
{
    /// <summary>Sum.</summary>
    Add,

    /// <summary>Difference.</summary>
    Subtract,

    /// <summary>Product.</summary>
    Multiply,

    /// <summary>Bitwise and (operands as two's complement integers).</summary>
    And,

    /// <summary>Bitwise or.</summary>
    Or,

    /// <summary>Bitwise exclusive or.</summary>
    Xor,

    /// <summary>Equal.</summary>
    Equal,

    /// <summary>Not equal.</summary>
    NotEqual,

    /// <summary>Less than; operands have the same signedness.</summary>
    Less,

    /// <summary>Less than or equal.</summary>
    LessOrEqual,

    /// <summary>Left shift by an unsigned amount: a * 2^b, wrapped to the type.</summary>
    ShiftLeft,

    /// <summary>Right shift by an unsigned amount: floor(a / 2^b) (arithmetic for signed, logical for unsigned).</summary>
    ShiftRight,
}

/// <summary>A lane-wise operation of two operands. Both have the same signedness, except the shift amount, which is unsigned.</summary>
public sealed class BinaryNode(HdlType type, BinaryOp op, Node a, Node b) : Node(type)
{
    /// <summary>The operator.</summary>
    public BinaryOp Op { get; } = op;

    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands { get; } = [a, b];
}

/// <summary>Selects <c>Operands[1]</c> where <c>Operands[0]</c> (one unsigned bit, scalar or per lane) is 1, else <c>Operands[2]</c>.</summary>
public sealed class MuxNode(HdlType type, Node select, Node whenTrue, Node whenFalse) : Node(type)
{
    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands { get; } = [select, whenTrue, whenFalse];
}

/// <summary>
/// Selects by the value of a scalar selector: operand 0 is the selector, operand 1 the default,
/// operand 2 + i the value for <see cref="Keys"/>[i]. Keys are distinct.
/// </summary>
public sealed class CaseNode(HdlType type, Node selector, Node defaultValue, ImmutableArray<BigInteger> keys, ImmutableArray<Node> arms) : Node(type)
{
    /// <summary>Selector values, one per arm.</summary>
    public ImmutableArray<BigInteger> Keys { get; } = keys;

    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands { get; } = [selector, defaultValue, .. arms];
}

/// <summary>Joins the bits of scalars, first operand most significant. The result is an unsigned scalar.</summary>
public sealed class ConcatNode(HdlType type, ImmutableArray<Node> parts) : Node(type)
{
    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands { get; } = parts;
}

/// <summary>Takes bits <see cref="Low"/> .. <see cref="Low"/> + width - 1 of every lane; unsigned.</summary>
public sealed class SliceNode(HdlType type, Node a, int low) : Node(type)
{
    /// <summary>Index of the lowest bit taken.</summary>
    public int Low { get; } = low;

    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands { get; } = [a];
}

/// <summary>
/// The operand's integer wrapped to another width and/or signedness: sign or zero extension (by the operand's signedness),
/// truncation, or a change of signedness. Lanes equal, or one lane broadcast.
/// </summary>
public sealed class ResizeNode(HdlType type, Node a) : Node(type)
{
    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands { get; } = [a];
}

/// <summary>Operators of <see cref="ReduceNode"/>.</summary>
public enum ReduceOp
{
    /// <summary>Exact sum.</summary>
    Add,

    /// <summary>Bitwise and.</summary>
    And,

    /// <summary>Bitwise or.</summary>
    Or,

    /// <summary>Bitwise exclusive or.</summary>
    Xor,

    /// <summary>Largest.</summary>
    Max,

    /// <summary>Smallest.</summary>
    Min,
}

/// <summary>Combines each run of <see cref="Group"/> consecutive lanes into one lane (balanced tree in hardware).</summary>
public sealed class ReduceNode(HdlType type, ReduceOp op, Node a, int group) : Node(type)
{
    /// <summary>The operator.</summary>
    public ReduceOp Op { get; } = op;

    /// <summary>Lanes combined into one; divides the operand's lanes.</summary>
    public int Group { get; } = group;

    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands { get; } = [a];
}

/// <summary>Lane i of the result is lane <see cref="Map"/>[i] of the operand: slice, stride, rotate, repeat, broadcast, reverse.</summary>
public sealed class LaneMapNode(HdlType type, Node a, ImmutableArray<int> map) : Node(type)
{
    /// <summary>Source lane of each result lane.</summary>
    public ImmutableArray<int> Map { get; } = map;

    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands { get; } = [a];
}

/// <summary>Joins lanes of operands with the same element type; the first operand's lanes come first (lane 0).</summary>
public sealed class LaneConcatNode(HdlType type, ImmutableArray<Node> parts) : Node(type)
{
    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands { get; } = parts;
}

/// <summary>
/// Takes the run of <c>Type.Lanes</c> lanes that starts at lane index * <c>Type.Lanes</c> of operand 0; the index (operand 1) is an unsigned scalar.
/// An index past the last run gives the last run.
/// </summary>
public sealed class LaneSelectNode(HdlType type, Node a, Node index) : Node(type)
{
    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands { get; } = [a, index];
}

/// <summary>The same bits seen as other lanes: lane 0 is least significant. Total bits are equal.</summary>
public sealed class ReinterpretNode(HdlType type, Node a) : Node(type)
{
    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands { get; } = [a];
}

/// <summary>State: takes <see cref="Next"/> at its domain's clock edge, or <see cref="Initial"/> while the domain's reset is asserted; where that reset is asynchronous, at once.</summary>
public sealed class RegisterNode(HdlType type, ClockDomain domain, ImmutableArray<BigInteger> initial, bool hasReset, CrossingKind crossing = CrossingKind.None) : Node(type)
{
    /// <summary>Whether it samples another clock on purpose.</summary>
    public CrossingKind Crossing { get; } = crossing;

    /// <summary>The clock that it follows.</summary>
    public ClockDomain Domain { get; } = domain;

    /// <summary>Power-up and reset value, one per lane.</summary>
    public ImmutableArray<BigInteger> Initial { get; } = initial;

    /// <summary>Whether the domain's reset loads <see cref="Initial"/>.</summary>
    public bool HasReset { get; } = hasReset;

    /// <summary>Names of the values 0, 1, ... of a state machine's register; empty for any other register.</summary>
    public ImmutableArray<string> States { get; internal init; } = [];

    /// <summary>Value after the edge, conditional assignments folded in; refers to the register itself where it holds.</summary>
    public Node Next { get; internal set; } = null!;

    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands => [];

    /// <inheritdoc/>
    public override ImmutableArray<Node> Sampled => [Next];
}

/// <summary>
/// A read port of a memory. Asynchronous: the addressed row, now. Synchronous: a register that takes the addressed row
/// (as it was before this edge's writes) at the edge while the enable is 1; its power-up value is 0.
/// An address past the end reads 0.
/// </summary>
public sealed class MemoryReadNode(MemoryInfo memory, bool synchronous, ClockDomain domain, CrossingKind crossing = CrossingKind.None) : Node(memory.RowType)
{
    /// <summary>Whether it reads rows that another clock writes on purpose.</summary>
    public CrossingKind Crossing { get; } = crossing;

    /// <summary>The memory.</summary>
    public MemoryInfo Memory { get; } = memory;

    /// <summary>Whether the row appears one clock edge after the address.</summary>
    public bool Synchronous { get; } = synchronous;

    /// <summary>Clock of a synchronous port; of an asynchronous one that is a crossing, the clock that its row belongs to.</summary>
    public ClockDomain Domain { get; } = domain;

    /// <summary>Row index, an unsigned scalar.</summary>
    public Node Address { get; internal set; } = null!;

    /// <summary>One bit, or null: always enabled (synchronous ports only).</summary>
    public Node? Enable { get; internal set; }

    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands => Synchronous ? [] : [Address];

    /// <inheritdoc/>
    public override ImmutableArray<Node> Sampled => !Synchronous ? [] : Enable is null ? [Address] : [Address, Enable];
}

/// <summary>An output port of an instance.</summary>
public sealed class InstanceOutputNode(InstanceInfo instance, PortInfo port) : Node(port.Type)
{
    /// <summary>The instance.</summary>
    public InstanceInfo Instance { get; } = instance;

    /// <summary>The output port of its definition.</summary>
    public PortInfo Port { get; internal set; } = port;

    /// <inheritdoc/>
    public override ImmutableArray<Node> Operands => [];
}
