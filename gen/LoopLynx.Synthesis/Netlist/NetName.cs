namespace LoopLynx.Synthesis.Netlist;

/// <summary>The name that the text gives to a net.</summary>
/// <param name="Name">Name of the wire or register.</param>
/// <param name="Index">Bit of it; -1 where it has only one.</param>
public sealed record NetName(string Name, int Index)
{
    /// <inheritdoc/>
    public override string ToString() => Index < 0 ? Name : $"{Name}[{Index}]";
}
