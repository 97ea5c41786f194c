namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>
/// A run of steps at the top of a function that sleeps while nothing that it reads changes: executed again, it would store what is there.
/// </summary>
internal sealed class Group(IReadOnlyList<Step> steps, bool sleeps)
{
    /// <summary>What the group executes, in order.</summary>
    public IReadOnlyList<Step> Steps { get; } = steps;

    /// <summary>Whether it may be left out; else it runs every cycle.</summary>
    public bool Sleeps { get; } = sleeps;

    /// <summary>The methods that hold its code.</summary>
    public List<Method> Methods { get; } = [];

    /// <summary>Its bit among those of all functions, where it sleeps.</summary>
    public int Bit { get; set; } = -1;
}
