namespace LoopLynx.Accelerator;

/// <summary>A serial link between two cards.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Ns">From one end to the other, in ns.</param>
public sealed record SerialLink(string Name, double Ns)
{
    /// <summary>Cycles of the two crossings between the nodes' clock and the link's.</summary>
    public const int CrossingCycles = 10;

    /// <summary>Those that have names: RIFL at 112 Gb/s, Aurora 64B/66B. Sources in docs/memory.md.</summary>
    public static IReadOnlyList<SerialLink> All { get; } = [new("rifl", 110), new("aurora", 340)];

    /// <summary>The link of that name.</summary>
    public static SerialLink Named(string name) => All.Single(l => l.Name == name);

    /// <summary>Cycles of a kernel's clock from a flit that leaves a node to the same flit at the next, both crossings included.</summary>
    /// <param name="mhz">The kernel's clock, in MHz.</param>
    /// <param name="crossings">Cycles of the crossings.</param>
    public int Cycles(double mhz, int crossings = CrossingCycles) => (int)Math.Ceiling((Ns * mhz / 1000) - 1e-9) + crossings;
}
