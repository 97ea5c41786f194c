namespace LoopLynx.Sim.Compiled.Emission;

/// <summary>
/// The locals of a method that learn whether stores change anything: a word, and a vector register of each width that is stored.
/// A register takes the bits that differ, which costs two operations a store; whether there are any is asked once, when the method ends.
/// </summary>
internal sealed class Watch(string name)
{
    private readonly SortedSet<int> _widths = [];
    private bool _isWordUsed;

    /// <summary>The word, other than 0 on a change; all registers are in it after <see cref="Fold"/>.</summary>
    public string Word
    {
        get
        {
            _isWordUsed = true;
            return name;
        }
    }

    /// <summary>The statements that declare what is used.</summary>
    public IEnumerable<string> Declarations => [
        .. _isWordUsed ? [$"ulong {name} = 0;"] : Array.Empty<string>(),
        .. _widths.Select(bits => $"var {Name(bits)} = Vector{bits}<byte>.Zero;")];

    /// <summary>The register for stores of this many bits.</summary>
    public string Register(int bits)
    {
        _widths.Add(bits);
        return Name(bits);
    }

    /// <summary>The statements that look at the registers.</summary>
    public IReadOnlyList<string> Fold() => [.. _widths.Select(bits => $"{Word} |= Vector{bits}.EqualsAll({Name(bits)}, Vector{bits}<byte>.Zero) ? 0ul : 1ul;")];

    private string Name(int bits) => $"{name}v{bits}";
}
