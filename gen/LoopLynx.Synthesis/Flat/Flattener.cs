using LoopLynx.Synthesis.Netlist;

namespace LoopLynx.Synthesis.Flat;

/// <summary>Takes the borders of instances away: a net that passes ports is one net.</summary>
public sealed class Flattener
{
    private readonly IReadOnlyDictionary<string, MappedModule> _modules;
    private readonly List<FlatInstance> _instances = [];
    private readonly List<int> _parent = [MappedModule.Zero, MappedModule.One, MappedModule.Any];

    private Flattener(IReadOnlyDictionary<string, MappedModule> modules) => _modules = modules;

    /// <summary>The flat netlist of a top module.</summary>
    /// <exception cref="SynthesisException">A module is missing, or an instance has a port that its module doesn't have.</exception>
    public static FlatDesign Flatten(IEnumerable<MappedModule> modules, string top)
    {
        var known = modules.ToDictionary(m => m.Name);
        var root = known.GetValueOrDefault(top) ?? throw new SynthesisException($"the netlist has no module {top}; name another top");
        return new Flattener(known).Run(root);
    }

    private FlatDesign Run(MappedModule top)
    {
        Place(top, "", null, []);
        var numbers = new int[_parent.Count];
        var count = MappedModule.FirstNet;
        Array.Fill(numbers, -1);
        for (var constant = 0; constant < count; constant++)
        {
            numbers[constant] = constant;
        }

        var netOfBit = new int[_parent.Count];
        for (var bit = 0; bit < netOfBit.Length; bit++)
        {
            var root = Root(bit);
            netOfBit[bit] = numbers[root] >= 0 ? numbers[root] : numbers[root] = count++;
        }

        var cells = new List<FlatCell>();
        foreach (var instance in _instances)
        {
            foreach (var cell in instance.Module.Cells.Where(c => !_modules.ContainsKey(c.Type)))
            {
                cells.Add(new(cell, instance, [.. cell.Connections.SelectMany(c => c.Bits).Select(b => netOfBit[Bit(instance, b)])]));
            }
        }

        return new(top, _instances, cells, netOfBit, count);
    }

    private void Place(MappedModule module, string path, FlatInstance? parent, IReadOnlyList<Connection> connections)
    {
        var instance = new FlatInstance(_instances.Count, path, module, parent, _parent.Count);
        _instances.Add(instance);
        _parent.AddRange(Enumerable.Range(_parent.Count, module.NetCount));
        foreach (var (port, bits) in connections)
        {
            var inner = module.Ports.FirstOrDefault(p => p.Name == port)
                ?? throw new SynthesisException($"{path} connects {port}, which module {module.Name} doesn't have; map both from the same text");
            if (inner.Bits.Length != bits.Length)
            {
                throw new SynthesisException($"{path}.{port} has {inner.Bits.Length} bits and is connected to {bits.Length}; map both from the same text");
            }

            foreach (var (inside, outside) in inner.Bits.Zip(bits))
            {
                Join(Bit(instance, inside), Bit(parent!, outside));
            }
        }

        foreach (var cell in module.Cells)
        {
            if (_modules.TryGetValue(cell.Type, out var child))
            {
                Place(child, instance.Inside(cell.Name), instance, cell.Connections);
            }
        }
    }

    private static int Bit(FlatInstance instance, int bit) => FlatDesign.IsConstant(bit) ? bit : instance.FirstBit + bit;

    // Roots are the smaller numbers, so constants stay what they are.
    private void Join(int a, int b)
    {
        var (x, y) = (Root(a), Root(b));
        _parent[Math.Max(x, y)] = Math.Min(x, y);
    }

    private int Root(int bit)
    {
        while (_parent[bit] != bit)
        {
            _parent[bit] = _parent[_parent[bit]];
            bit = _parent[bit];
        }

        return bit;
    }
}
