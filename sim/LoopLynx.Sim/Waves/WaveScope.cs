namespace LoopLynx.Sim.Waves;

/// <summary>A variable of a wave file.</summary>
/// <param name="Name">Without its scopes.</param>
/// <param name="Index">Dense, in the order of declaration.</param>
/// <param name="Bits">Width.</param>
internal sealed record WaveVariable(string Name, int Index, int Bits)
{
    /// <summary>The name with the range of bits, if there are several: <c>sum [7:0]</c>.</summary>
    public string Label => Bits == 1 ? Name : $"{Name} [{Bits - 1}:0]";
}

/// <summary>A scope of a wave file: the instances' hierarchy, from dotted names.</summary>
internal sealed class WaveScope(string name)
{
    private readonly List<WaveVariable> _variables = [];
    private readonly SortedDictionary<string, WaveScope> _children = new(StringComparer.Ordinal);

    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>Variables of this scope.</summary>
    public IReadOnlyList<WaveVariable> Variables => _variables;

    /// <summary>Scopes below, by name.</summary>
    public IEnumerable<WaveScope> Children => _children.Values;

    /// <summary>The scope below this one, made at first use.</summary>
    public WaveScope Child(string part)
    {
        if (!_children.TryGetValue(part, out var child))
        {
            _children[part] = child = new WaveScope(part);
        }

        return child;
    }

    /// <summary>The variables of this scope and, after them, of those below.</summary>
    public IEnumerable<WaveVariable> All => _variables.Concat(Children.SelectMany(child => child.All));

    /// <summary>Adds a variable here.</summary>
    public void Add(WaveVariable variable) => _variables.Add(variable);
}
