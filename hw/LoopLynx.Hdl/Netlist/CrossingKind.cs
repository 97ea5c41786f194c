namespace LoopLynx.Hdl.Netlist;

/// <summary>How a register or read port may sample state of another clock. Only library parts mark theirs; everything else that samples another clock is an error (HDL0207).</summary>
public enum CrossingKind
{
    /// <summary>It samples its own clock only.</summary>
    None,

    /// <summary>First register of a synchroniser: its input comes straight from one register (of which at most one bit changes at an edge), and it may be metastable.</summary>
    Synchroniser,

    /// <summary>A later register of a synchroniser: no crossing any more, but it must lie beside the one before.</summary>
    SynchroniserStage,

    /// <summary>It takes values that a handshake keeps unchanged while they are taken.</summary>
    Held,
}
