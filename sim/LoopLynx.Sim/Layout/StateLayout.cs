using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Sim.Layout;

/// <summary>
/// Where everything that outlives a cycle lies in one flat block, the same for every C# engine, so that one can take over from another at a cycle boundary:
/// resets (one byte each, and one for each of their stages), inputs, outputs, registers (those of like instances side by side) and synchronous read ports,
/// then memories. Each entry starts on 64 bytes when it has 32 bytes or more, else on its element size.
/// </summary>
public sealed class StateLayout
{
    // A vector register of a family then never lies in two cache lines.
    private const int FamilyAlignment = 32;

    private readonly Dictionary<Node, int> _nodes = [];
    private readonly int[] _memories;
    private readonly Dictionary<ClockDomain, int> _resets = [];
    private readonly Dictionary<(string Clock, string Reset), (int First, int Count)> _stages = [];

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

        foreach (var domain in flat.Domains)
        {
            PlaceStages(domain, flat.ResetStages);
        }

        foreach (var part in flat.PartResets)
        {
            _resets[part.Domain] = Size++;
            PlaceStages(part.Domain, part.Stages);
        }

        // Who looks at all inputs, or at all valid and ready bits, finds them together.
        foreach (var port in flat.Ports.OrderBy(p => p.Direction != PortDirection.Input).ThenBy(p => LaneStorage.Bytes(p.Type)))
        {
            Place(port.Node);
        }

        Equal = EqualRegisters.Of(flat);
        Families = RegisterFamilies.Of(flat, Equal.Keys);
        PlaceRegisters();
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

    /// <summary>Registers with a place of their own.</summary>
    public IEnumerable<RegisterNode> Registers => Flat.Registers.Where(r => !Equal.ContainsKey(r));

    /// <summary>Registers that have another one's place, and whose.</summary>
    internal IReadOnlyDictionary<RegisterNode, RegisterNode> Equal { get; }

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

    /// <summary>Offset of a domain's reset byte: 1 while it is asserted. Domains that share a reset share the byte; a part's follows its register.</summary>
    public int Reset(ClockDomain domain) => _resets[domain];

    /// <summary>
    /// Offset of the byte that resets a domain's registers: <see cref="Reset"/>'s, or, where the reset has stages, that of the last one.
    /// </summary>
    public int ResetOfRegisters(ClockDomain domain) =>
        _stages.TryGetValue((domain.Clock, domain.Reset), out var stages) ? stages.First + stages.Count - 1 : Reset(domain);

    /// <summary>Domains with the clock of one of the given ones: those of the ports, and those of parts that a register resets.</summary>
    public IEnumerable<ClockDomain> Resets(IReadOnlyCollection<ClockDomain> domains) =>
        domains.Concat(Flat.PartResets.Select(p => p.Domain).Where(p => domains.Any(d => d.Clock == p.Clock)));

    /// <summary>The moves of an edge of some domains from stage to stage of their resets, the last stage first: offsets of one byte each.</summary>
    public IReadOnlyList<(int From, int To)> ResetMoves(IEnumerable<ClockDomain> domains) =>
        [.. domains.DistinctBy(d => (d.Clock, d.Reset)).SelectMany(Moves)];

    private IEnumerable<(int From, int To)> Moves(ClockDomain domain)
    {
        if (_stages.TryGetValue((domain.Clock, domain.Reset), out var stages))
        {
            for (var stage = stages.Count - 1; stage > 0; stage--)
            {
                yield return (stages.First + stage - 1, stages.First + stage);
            }

            yield return (Reset(domain), stages.First);
        }

        // The register has its next value by then, which is the part's reset at the next edge.
        if (Flat.PartResets.FirstOrDefault(p => p.Domain == domain) is { } part)
        {
            yield return (Offset(part.Register), Reset(domain));
        }
    }

    /// <summary>Families first; a register that always holds what another one does has that one's place.</summary>
    private void PlaceRegisters()
    {
        foreach (var family in Families)
        {
            Size = Align(Size, FamilyAlignment);
            foreach (var register in family)
            {
                Place(register);
            }
        }

        foreach (var node in Flat.Nodes)
        {
            if (node is MemoryReadNode { Synchronous: true } || (node is RegisterNode register && !Equal.ContainsKey(register)))
            {
                Place(node);
            }
        }

        foreach (var (copy, register) in Equal)
        {
            _nodes[copy] = _nodes[register];
        }
    }

    private void PlaceStages(ClockDomain domain, int count)
    {
        if (count > 0 && _stages.TryAdd((domain.Clock, domain.Reset), (Size, count)))
        {
            Size += count;
        }
    }

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
