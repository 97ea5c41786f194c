using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Coverage;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Coverage;

/// <summary>Gathers what the registers of a covered design remember, instance by instance.</summary>
internal abstract class CoverageReader
{
    private readonly List<(CoveredDefinition Definition, BigInteger[] Hits, Dictionary<string, RegisterNode> Registers, string Path)> _instances = [];

    protected CoverageReader(CoverageDesign coverage)
    {
        foreach (var (path, definition) in coverage.Instances())
        {
            var names = definition.Probes.SelectMany(probes => probes).Select(probe => probe.Register).ToHashSet();
            var registers = definition.Definition.Registers.Where(r => r.Name is not null && names.Contains(r.Name)).ToDictionary(r => r.Name!);
            var hits = new BigInteger[definition.Items.Length];
            _instances.Add((definition, hits, registers, path));
            Hits.Add((path, definition, hits));
        }
    }

    /// <summary>For each instance, the bits hit so far of each item.</summary>
    public List<(string Path, CoveredDefinition Definition, BigInteger[] Hits)> Hits { get; } = [];

    /// <summary>Adds what the registers hold now.</summary>
    public void Read()
    {
        Prepare();
        foreach (var (definition, hits, registers, path) in _instances)
        {
            var values = registers.ToDictionary(r => r.Key, r => Bits(path, r.Value));
            for (var i = 0; i < hits.Length; i++)
            {
                foreach (var probe in definition.Probes[i])
                {
                    hits[i] |= (values[probe.Register] >> probe.Low) & ((BigInteger.One << definition.Items[i].Bits) - 1);
                }
            }
        }
    }

    /// <summary>Called before the registers are read.</summary>
    protected abstract void Prepare();

    /// <summary>The register's bits that are 1 in any lane.</summary>
    protected abstract BigInteger Bits(string path, RegisterNode register);
}

/// <summary>Reads the registers in the state block.</summary>
internal sealed class StateCoverageReader : CoverageReader
{
    private readonly IStateEngine _engine;
    private readonly Dictionary<string, Node> _flat;

    public StateCoverageReader(IStateEngine engine, CoverageDesign coverage)
        : base(coverage) =>
        (_engine, _flat) = (engine, engine.Layout.Flat.Registers.Where(r => r.Name is not null).ToDictionary(r => r.Name!, Node (r) => r));

    protected override void Prepare()
    {
    }

    protected override BigInteger Bits(string path, RegisterNode register)
    {
        var node = _flat[path.Length == 0 ? register.Name! : $"{path}.{register.Name}"];
        var storage = _engine.State.Slice(_engine.Layout.Offset(node), LaneStorage.Bytes(node.Type));
        var mask = (BigInteger.One << node.Type.Width) - 1;
        var bits = BigInteger.Zero;
        for (var lane = 0; lane < node.Type.Lanes; lane++)
        {
            bits |= LaneStorage.Read(storage, node.Type, lane) & mask;
        }

        return bits;
    }
}

/// <summary>Reads the registers from the output port that shows them, one after another.</summary>
internal sealed class PortCoverageReader : CoverageReader
{
    private readonly IEngine _engine;
    private readonly PortInfo _port;
    private readonly Dictionary<(string Path, string Register), int> _offsets = [];
    private BigInteger _value;

    public PortCoverageReader(IEngine engine, CoverageDesign coverage)
        : base(coverage)
    {
        (_engine, _port) = (engine, coverage.ReadPort!);
        var offset = 0;
        foreach (var (path, definition) in coverage.Instances())
        {
            foreach (var register in definition.ReadRegisters)
            {
                _offsets[(path, register.Name!)] = offset;
                offset += register.Type.Bits;
            }
        }
    }

    protected override void Prepare()
    {
        _engine.Settle();
        _value = LaneStorage.Read(_engine.Output(_port), _port.Type, 0);
    }

    protected override BigInteger Bits(string path, RegisterNode register)
    {
        var (offset, mask, bits) = (_offsets[(path, register.Name!)], (BigInteger.One << register.Type.Width) - 1, BigInteger.Zero);
        for (var lane = 0; lane < register.Type.Lanes; lane++)
        {
            bits |= (_value >> (offset + (lane * register.Type.Width))) & mask;
        }

        return bits;
    }
}
