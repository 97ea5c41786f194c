using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Layout;

/// <summary>
/// Where everything that outlives a cycle lies in one flat block, the same for every C# engine, so that one can take over from another at a cycle boundary:
/// resets (one byte each), inputs, outputs, registers (those of like instances side by side) and synchronous read ports, then memories. Each entry starts on 64 bytes when it has 32 bytes or more, else on its element size.
/// </summary>
public sealed class StateLayout
{
    // A vector register of a family then never lies in two cache lines.
    private const int FamilyAlignment = 32;

    private readonly Dictionary<Node, int> _nodes = [];
    private readonly int[] _memories;
    private readonly Dictionary<ClockDomain, int> _resets = [];

    /// <summary>Lays out a flat definition (no instances).</summary>
    public StateLayout(Definition flat)
    {
        Flat = flat;
        foreach (var domains in flat.Domains.GroupBy(domain => domain.Reset))
        {
            foreach (var domain in domains)
            {
                _resets[domain] = Size;
            }

            Size++;
        }

        foreach (var port in flat.Ports)
        {
            Place(port.Node);
        }

        Families = RegisterFamilies.Of(flat);
        foreach (var family in Families)
        {
            Size = Align(Size, FamilyAlignment);
            foreach (var register in family)
            {
                Place(register);
            }
        }

        foreach (var node in flat.Nodes)
        {
            if (node is RegisterNode or MemoryReadNode { Synchronous: true })
            {
                Place(node);
            }
        }

        StateEnd = Size;
        _memories = new int[flat.Memories.Length];
        foreach (var memory in flat.Memories)
        {
            Size = Align(Size, 64);
            _memories[memory.Id] = Size;
            Size += RowBytes(memory) * memory.Depth;
        }

        Size = Align(Size, 64);
    }

    /// <summary>The flat definition that is laid out.</summary>
    public Definition Flat { get; }

    /// <summary>Registers of like instances, which lie side by side like the lanes of one value.</summary>
    internal IReadOnlyList<IReadOnlyList<RegisterNode>> Families { get; }

    /// <summary>Bytes of the block.</summary>
    public int Size { get; private set; }

    /// <summary>Where memories begin: everything before is ports, resets and registers.</summary>
    public int StateEnd { get; }

    /// <summary>Offset of a port's node, register or synchronous read port.</summary>
    public int Offset(Node node) => _nodes[node];

    /// <summary>Whether the node has a place in the block.</summary>
    public bool Has(Node node) => _nodes.ContainsKey(node);

    /// <summary>Offset of row 0.</summary>
    public int Offset(MemoryInfo memory) => _memories[memory.Id];

    /// <summary>Offset of a domain's reset byte: 1 while it is asserted. Domains that share a reset share the byte.</summary>
    public int Reset(ClockDomain domain) => _resets[domain];

    /// <summary>Bytes of one row.</summary>
    public static int RowBytes(MemoryInfo memory) => LaneStorage.Bytes(memory.RowType);

    private void Place(Node node)
    {
        if (_nodes.ContainsKey(node))
        {
            return;
        }

        var bytes = LaneStorage.Bytes(node.Type);
        Size = Align(Size, bytes >= 32 ? 64 : Math.Min(8, LaneStorage.ElementBytes(node.Type.Width)));
        _nodes[node] = Size;
        Size += bytes;
    }

    private static int Align(int offset, int to) => (offset + to - 1) / to * to;
}
