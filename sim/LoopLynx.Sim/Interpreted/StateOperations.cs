using System.Numerics;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Interpreted;

/// <summary>Brings an input, register or synchronous read port from the state block.</summary>
internal sealed unsafe class LoadOperation(Slot target, int offset) : Operation
{
    public override void Run(byte* state) => StateTransfer.Load(state + offset, target);
}

/// <summary>An asynchronous memory read: the addressed row, or 0 past the end.</summary>
internal sealed unsafe class MemoryReadOperation(Slot target, Slot address, MemoryInfo memory, int offset, int rowBytes) : Operation
{
    public override void Run(byte* state)
    {
        var row = address.ReadIndex(memory.Depth);
        if (row == memory.Depth)
        {
            target.Span.Clear();
            return;
        }

        StateTransfer.Load(state + offset + ((long)row * rowBytes), target);
    }
}

/// <summary>Everything without a faster way, by <see cref="NodeSemantics"/>: mostly arithmetic wider than 64 bits.</summary>
internal sealed unsafe class WideOperation(Node node, Slot target, Slot[] operands) : Operation
{
    private readonly Dictionary<Node, BigInteger[]> _values = [];

    public override void Run(byte* state)
    {
        for (var i = 0; i < operands.Length; i++)
        {
            _values[node.Operands[i]] = operands[i].ReadAll();
        }

        var lanes = NodeSemantics.Evaluate(node, operand => _values[operand]);
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            target.Write(lane, lanes[lane]);
        }
    }
}
