using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>
/// One operation of the generated code. Made from the netlist by <see cref="Lowerer"/>, which removes wires, makes conversions explicit and
/// shares equal operations; ids are in topological order.
/// </summary>
internal sealed class Value(int id, ValueKind kind, HdlType type, Value[] operands)
{
    public int Id { get; } = id;

    public ValueKind Kind { get; } = kind;

    public HdlType Type { get; } = type;

    public Value[] Operands { get; } = operands;

    /// <summary>Constant: one integer a lane. Case: the keys.</summary>
    public BigInteger[] Integers { get; init; } = [];

    /// <summary>LaneMap: source lane of each lane.</summary>
    public int[] Map { get; init; } = [];

    /// <summary>Slice: lowest bit. Reduce: lanes of a group.</summary>
    public int Parameter { get; init; }

    /// <summary>Reduce: the operator.</summary>
    public ReduceOp Reduction { get; init; }

    /// <summary>ReadRow: the memory.</summary>
    public MemoryInfo? Memory { get; init; }

    /// <summary>State: what the block holds.</summary>
    public Node? Node { get; init; }

    /// <summary>How the value is computed and where it lives.</summary>
    public ValueForm Form { get; set; }

    public Shape Shape => Shapes.Of(Type);

    /// <summary>Whether all lanes of a constant are equal, so that it is a literal rather than a row of memory.</summary>
    public bool IsUniform => Kind == ValueKind.Constant && Array.TrueForAll(Integers, i => i == Integers[0]);
}
