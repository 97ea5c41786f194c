namespace LoopLynx.Runtime;

/// <summary>Something that goes wrong once on a link between two kernels: for tests of what they do then.</summary>
/// <param name="Kind">What.</param>
/// <param name="Flit">At which flit, counted from the link's first.</param>
/// <param name="Detail">The bit that is inverted, or the cycles by which a flit is late.</param>
public sealed record LinkFault(LinkFaultKind Kind, long Flit, int Detail = 0)
{
    /// <summary>It has happened.</summary>
    public bool HasHappened { get; internal set; }

    /// <summary>A silent link is repaired; what it has lost stays lost.</summary>
    public bool IsOver { get; set; }

    internal bool Strikes(long flit) => Kind == LinkFaultKind.Silent ? !IsOver && flit >= Flit : !HasHappened && flit >= Flit;
}
