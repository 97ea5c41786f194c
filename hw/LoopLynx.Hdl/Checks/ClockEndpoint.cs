using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Checks;

/// <summary>State of a clock that a value comes from, or a place where a clock samples one, seen from some definition above it.</summary>
/// <param name="Clock">Name of the clock.</param>
/// <param name="What">What it is: <c>register</c>, <c>write port of memory</c>, ...</param>
/// <param name="Path">Its name below the definition, instances joined by dots.</param>
/// <param name="Location">The C# line.</param>
/// <param name="Type">Type of the value.</param>
/// <param name="Crossing">How it may sample other clocks.</param>
/// <param name="ThroughLogic">Whether something that can glitch lies between it and the definition's port.</param>
internal sealed record ClockEndpoint(string Clock, string What, string Path, SourceLocation Location, HdlType Type, CrossingKind Crossing = CrossingKind.None, bool ThroughLogic = false)
{
    /// <summary>The same, seen from the parent.</summary>
    public ClockEndpoint In(InstanceInfo instance) => this with { Path = $"{instance.Name}.{Path}" };

    /// <summary><c>register 'u.count'</c></summary>
    public override string ToString() => Path.Length == 0 ? $"a {What}" : $"{What} '{Path}'";
}

/// <summary>What the clocks of a definition do at its ports.</summary>
/// <param name="Samplers">By input: what samples it.</param>
/// <param name="Sources">By output: the state that reaches it.</param>
/// <param name="Through">By output: the inputs that reach it, and whether through something that can glitch.</param>
internal sealed record ClockInterface(
    IReadOnlyDictionary<string, IReadOnlyList<ClockEndpoint>> Samplers,
    IReadOnlyDictionary<string, IReadOnlyList<ClockEndpoint>> Sources,
    IReadOnlyDictionary<string, IReadOnlyList<(string Input, bool ThroughLogic)>> Through);
