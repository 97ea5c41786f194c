namespace LoopLynx.Accelerator;

/// <summary>What a flit between two kernels is for. The numbers are on the wire.</summary>
public enum RingFlitKind
{
    /// <summary>Credits alone; the first of a token says that its sender takes part.</summary>
    Credits = 0,

    /// <summary>A packet of results, and credits.</summary>
    Values = 1,

    /// <summary>The sender has ended the token: nothing more of it comes.</summary>
    End = 2,
}
