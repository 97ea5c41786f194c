namespace LoopLynx.Synthesis.Cells;

/// <summary>What a cell is made of.</summary>
public enum CellKind
{
    /// <summary>A look-up table as logic.</summary>
    Lut,

    /// <summary>A multiplexer between look-up tables of a site.</summary>
    Mux,

    /// <summary>Half a carry chain of a site, or a whole one.</summary>
    Carry,

    /// <summary>A flip-flop.</summary>
    FlipFlop,

    /// <summary>Look-up tables as memory, shift registers among them.</summary>
    LutRam,

    /// <summary>A block RAM.</summary>
    BlockRam,

    /// <summary>An ultra RAM.</summary>
    UltraRam,

    /// <summary>A DSP slice.</summary>
    Dsp,

    /// <summary>A buffer of the clock network.</summary>
    Buffer,
}
