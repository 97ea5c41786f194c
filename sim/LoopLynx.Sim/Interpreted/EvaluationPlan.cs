using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Interpreted;

/// <summary>
/// The combinational cone of some nodes as a flat list of operations in topological order. Leaves of the cone are what the state block holds
/// (inputs, registers, synchronous read ports, memory rows); constants are filled in once; a wire of its value's type shares its value's slot.
/// </summary>
internal sealed unsafe class EvaluationPlan : IDisposable
{
    private const int CacheLine = 64;

    private readonly Dictionary<Node, Slot> _slots = [];
    private readonly Operation[] _operations;
    private void* _arena;

    /// <param name="layout">Of the flat definition.</param>
    /// <param name="order">All its nodes, operands first.</param>
    /// <param name="roots">What is wanted.</param>
    public EvaluationPlan(StateLayout layout, ImmutableArray<Node> order, IEnumerable<Node> roots)
    {
        var cone = Cone(roots);
        var nodes = order.Where(cone.Contains).ToList();
        var words = nodes.Where(node => !IsAlias(node)).Sum(SlotWords);
        _arena = NativeMemory.AlignedAlloc((nuint)(Math.Max(words, 1) * sizeof(long)), CacheLine);

        var next = (long*)_arena;
        var operations = new List<Operation>();
        foreach (var node in nodes)
        {
            if (IsAlias(node))
            {
                _slots[node] = _slots[((WireNode)node).Value];
                continue;
            }

            _slots[node] = new Slot(next, node.Type);
            next += SlotWords(node);
            if (node is ConstNode constant)
            {
                Fill(_slots[node], constant);
            }
            else
            {
                operations.Add(OperationFactory.Create(node, layout, operand => _slots[operand]));
            }
        }

        _operations = [.. operations];
    }

    /// <summary>The slot of a root or a node of its cone; valid until <see cref="Dispose"/>.</summary>
    public Slot this[Node node] => _slots[node];

    /// <summary>Fills all slots from the state block.</summary>
    public void Run(byte* state)
    {
        foreach (var operation in _operations)
        {
            operation.Run(state);
        }
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(_arena);
        _arena = null;
    }

    private static bool IsAlias(Node node) => node is WireNode wire && wire.Value.Type == wire.Type;

    private static int SlotWords(Node node) => PackedBits.Words(node.Type.Width) * node.Type.Lanes;

    private static HashSet<Node> Cone(IEnumerable<Node> roots)
    {
        var cone = new HashSet<Node>();
        var open = new Stack<Node>(roots);
        while (open.TryPop(out var node))
        {
            if (cone.Add(node))
            {
                foreach (var operand in node.Operands)
                {
                    open.Push(operand);
                }
            }
        }

        return cone;
    }

    private static void Fill(Slot slot, ConstNode constant)
    {
        for (var lane = 0; lane < constant.Values.Length; lane++)
        {
            slot.Write(lane, constant.Values[lane]);
        }
    }
}
