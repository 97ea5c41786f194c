namespace LoopLynx.Sim.Waves;

/// <summary>A scope of the header: the instances' hierarchy, from dotted names.</summary>
internal sealed class VcdScope(string name)
{
    private readonly List<VcdSignal> _signals = [];
    private readonly SortedDictionary<string, VcdScope> _children = new(StringComparer.Ordinal);

    /// <summary>The scope below this one, made at first use.</summary>
    public VcdScope Child(string part)
    {
        if (!_children.TryGetValue(part, out var child))
        {
            _children[part] = child = new VcdScope(part);
        }

        return child;
    }

    /// <summary>Adds a variable here.</summary>
    public void Add(VcdSignal signal) => _signals.Add(signal);

    /// <summary>Writes this scope and those below.</summary>
    public void Write(TextWriter output)
    {
        output.Write($"$scope module {name} $end\n");
        foreach (var signal in _signals)
        {
            output.Write(signal.Declaration);
            output.Write('\n');
        }

        foreach (var child in _children.Values)
        {
            child.Write(output);
        }

        output.Write("$upscope $end\n");
    }
}
