namespace LoopLynx.Fuzz;

/// <summary>One random design with what the interpreted engine makes of it.</summary>
/// <param name="Seed">The seed that it came from; a shrunk design keeps it.</param>
/// <param name="Choices">The choices that make it.</param>
/// <param name="Trace">Inputs and expected outputs.</param>
public sealed record FuzzCase(int Seed, IReadOnlyList<int> Choices, Trace Trace)
{
    /// <summary>Bits of all values of all definitions: about what the design costs a tool.</summary>
    public long Bits { get; } = Trace.Design.Definitions.SelectMany(d => d.Nodes).Sum(n => (long)n.Type.Bits);
}
