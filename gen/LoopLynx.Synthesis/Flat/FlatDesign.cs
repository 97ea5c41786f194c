using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Flat;

/// <summary>A whole design without borders: every library cell and the nets between them.</summary>
/// <param name="top">The top module.</param>
/// <param name="instances">Every instance, parents first.</param>
/// <param name="cells">Every library cell.</param>
/// <param name="netOfBit">The net of each bit of each instance.</param>
/// <param name="netCount">Number of nets; the constants come first, as in <see cref="MappedModule"/>.</param>
public sealed class FlatDesign(MappedModule top, IReadOnlyList<FlatInstance> instances, IReadOnlyList<FlatCell> cells, int[] netOfBit, int netCount)
{
    private NetName?[]? _names;
    private FlatInstance[]? _places;

    /// <summary>The top module.</summary>
    public MappedModule Top { get; } = top;

    /// <summary>Every instance, parents first.</summary>
    public IReadOnlyList<FlatInstance> Instances { get; } = instances;

    /// <summary>Every library cell.</summary>
    public IReadOnlyList<FlatCell> Cells { get; } = cells;

    /// <summary>Number of nets.</summary>
    public int NetCount { get; } = netCount;

    /// <summary>The same nets with other cells.</summary>
    public FlatDesign With(IReadOnlyList<FlatCell> cells) => new(Top, Instances, cells, netOfBit, NetCount);

    /// <summary>Whether a net is a constant.</summary>
    public static bool IsConstant(int net) => net < MappedModule.FirstNet;

    /// <summary>The net of a bit of an instance's module.</summary>
    public int Net(FlatInstance instance, int bit) => IsConstant(bit) ? bit : netOfBit[instance.FirstBit + bit];

    /// <summary>The nets of the top's ports of a direction, with the port that each belongs to.</summary>
    public IEnumerable<(MappedPort Port, int Index, int Net)> Ports(PortSide side) =>
        Top.Ports.Where(p => p.Side == side).SelectMany(p => p.Bits.Select((bit, i) => (p, i, Net(Instances[0], bit))));

    /// <summary>The name of a net: the one that the instance's text gives it, or where it has none there, the one nearest the top.</summary>
    public (FlatInstance Instance, NetName Name)? NameOf(int net, FlatInstance? seenFrom = null)
    {
        if (seenFrom is not null)
        {
            for (var bit = MappedModule.FirstNet; bit < seenFrom.Module.NetCount; bit++)
            {
                if (netOfBit[seenFrom.FirstBit + bit] == net && seenFrom.Module.Names[bit] is { } own)
                {
                    return (seenFrom, own);
                }
            }
        }

        if (_names is null)
        {
            Collect();
        }

        return _names![net] is { } name ? (_places![net], name) : null;
    }

    /// <summary>The name of a net as text, seen from the top.</summary>
    public string Describe(int net) => NameOf(net) is { } found ? found.Instance.Inside(found.Name.ToString()) : $"net {net}";

    private void Collect()
    {
        _names = new NetName?[NetCount];
        _places = new FlatInstance[NetCount];
        foreach (var instance in Instances)
        {
            for (var bit = MappedModule.FirstNet; bit < instance.Module.NetCount; bit++)
            {
                var net = netOfBit[instance.FirstBit + bit];
                if (_names[net] is null && instance.Module.Names[bit] is { } name)
                {
                    _names[net] = name;
                    _places[net] = instance;
                }
            }
        }
    }
}
