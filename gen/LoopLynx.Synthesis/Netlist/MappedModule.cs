namespace LoopLynx.Synthesis.Netlist;

/// <summary>
/// A module as Yosys has mapped it. Nets are numbers below <see cref="NetCount"/>; <see cref="Zero"/> and <see cref="One"/> are the constants,
/// <see cref="Any"/> stands for a bit whose value doesn't matter.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Ports">Its ports.</param>
/// <param name="Cells">Its cells and instances.</param>
/// <param name="NetCount">One more than the largest number of a net.</param>
/// <param name="Names">Per net, the name from the text; null for what Yosys made.</param>
public sealed record MappedModule(string Name, IReadOnlyList<MappedPort> Ports, IReadOnlyList<MappedCell> Cells, int NetCount, IReadOnlyList<NetName?> Names)
{
    /// <summary>The net that is always 0.</summary>
    public const int Zero = 0;

    /// <summary>The net that is always 1.</summary>
    public const int One = 1;

    /// <summary>A constant that may be either.</summary>
    public const int Any = 2;

    /// <summary>The first number of a net that isn't constant.</summary>
    public const int FirstNet = 3;
}
