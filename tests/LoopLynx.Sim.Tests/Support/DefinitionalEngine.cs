using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;

namespace LoopLynx.Sim.Tests.Support;

/// <summary>
/// The definition of a cycle in exact integers, straight from the documentation of the netlist: no state block, no fast paths. One clock.
/// </summary>
public sealed class DefinitionalEngine
{
    private readonly Definition _flat;
    private readonly IReadOnlyList<Node> _order;
    private readonly Dictionary<Node, BigInteger[]> _state = [];
    private readonly Dictionary<MemoryInfo, BigInteger[][]> _rows = [];
    private readonly Dictionary<Node, BigInteger[]> _now = [];

    public DefinitionalEngine(Design design)
    {
        _flat = Flatten.Run(design);
        _order = TopologicalOrder.Of(_flat);
        foreach (var node in _flat.Nodes)
        {
            if (node is RegisterNode register)
            {
                _state[node] = [.. register.Initial];
            }
            else if (node is InputNode or MemoryReadNode { Synchronous: true })
            {
                _state[node] = new BigInteger[node.Type.Lanes];
            }
        }

        foreach (var memory in _flat.Memories)
        {
            _rows[memory] = [.. Enumerable.Range(0, memory.Depth).Select(row => row < memory.Initial.Length ? [.. memory.Initial[row]] : new BigInteger[memory.RowType.Lanes])];
        }
    }

    /// <summary>Sets an input.</summary>
    public void Poke(string port, BigInteger[] lanes) => _state[_flat.Port(port).Node] = lanes;

    /// <summary>An output after <see cref="Settle"/>.</summary>
    public BigInteger[] Peek(string port) => _now[_flat.Port(port).Node];

    /// <summary>Computes all values of the cycle.</summary>
    public void Settle()
    {
        foreach (var node in _order)
        {
            _now[node] = _state.TryGetValue(node, out var value) ? value
                : node is MemoryReadNode read ? Row(read)
                : NodeSemantics.Evaluate(node, operand => _now[operand]);
        }
    }

    /// <summary>One edge after <see cref="Settle"/>.</summary>
    public void Tick(bool reset)
    {
        foreach (var node in _flat.Nodes)
        {
            if (node is RegisterNode register)
            {
                _state[node] = reset && register.HasReset ? [.. register.Initial] : _now[register.Next];
            }
            else if (node is MemoryReadNode { Synchronous: true } read && (read.Enable is null || _now[read.Enable][0].IsOne))
            {
                _state[node] = Row(read);
            }
        }

        foreach (var (memory, rows) in _rows)
        {
            foreach (var write in memory.Writes.Where(write => _now[write.Enable][0].IsOne && _now[write.Address][0] < memory.Depth))
            {
                var row = (int)_now[write.Address][0];
                rows[row] = [.. rows[row].Select((old, lane) => write.Mask is null || _now[write.Mask][lane].IsOne ? _now[write.Data][lane] : old)];
            }
        }
    }

    private BigInteger[] Row(MemoryReadNode read) =>
        _now[read.Address][0] < read.Memory.Depth ? _rows[read.Memory][(int)_now[read.Address][0]] : new BigInteger[read.Type.Lanes];
}
