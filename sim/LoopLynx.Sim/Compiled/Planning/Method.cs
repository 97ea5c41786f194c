namespace LoopLynx.Sim.Compiled.Planning;

/// <summary>A generated method: a run of steps of one region.</summary>
internal sealed class Method(string name)
{
    public string Name { get; } = name;

    public List<Step> Steps { get; } = [];
}
