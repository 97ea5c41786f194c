namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>A design as values and what is to be done with them.</summary>
/// <param name="Values">Values in topological order.</param>
internal sealed record Lowered(
    IReadOnlyList<Value> Values, IReadOnlyList<RegisterSink> Registers, IReadOnlyList<ReadSink> Reads, IReadOnlyList<WriteSink> Writes,
    IReadOnlyList<OutputSink> Outputs, IReadOnlyList<CheckSink> Checks);
