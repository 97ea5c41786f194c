namespace LoopLynx.Hdl;

/// <summary>How the addresses of a burst go on: AxBURST.</summary>
public enum AxiBurst
{
    /// <summary>Every beat at the same address.</summary>
    Fixed,

    /// <summary>Each beat behind the one before.</summary>
    Increment,

    /// <summary>As increment, but it starts again at the burst's lower boundary.</summary>
    Wrap,
}
