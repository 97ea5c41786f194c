namespace LoopLynx.Accelerator;

/// <summary>
/// Latency of a step, a layer and a token from the configuration alone, for a memory of an even rate: no simulation, microseconds to compute. Explained in
/// docs/latency.md; the bindings of the operations know the cycles of their steps. A test compares it with simulation.
/// </summary>
/// <remarks>
/// A step ends when the last of its three limits is met: memory has delivered its last beat, the array has taken all beats, the last packet of results has
/// landed.
/// </remarks>
public static class LatencyModel
{
    /// <summary>The estimate for a token.</summary>
    /// <param name="configuration">The machine.</param>
    /// <param name="position">The token's position, from 0.</param>
    /// <param name="memoryLatency">Cycles from an accepted burst to its first beat.</param>
    public static LatencyEstimate Token(NodeConfiguration configuration, int position, int memoryLatency = 64) =>
        Token(configuration, position, new MemoryPace(memoryLatency));

    /// <summary>The estimate for a token.</summary>
    /// <param name="configuration">The machine.</param>
    /// <param name="position">The token's position, from 0.</param>
    /// <param name="memory">What the memory gives.</param>
    public static LatencyEstimate Token(NodeConfiguration configuration, int position, MemoryPace memory) =>
        Of(configuration, Pass.Decode(position), memory);

    /// <summary>The estimate for a pass.</summary>
    /// <param name="configuration">The machine.</param>
    /// <param name="pass">The pass; of one token.</param>
    /// <param name="memory">What the memory gives.</param>
    public static LatencyEstimate Of(NodeConfiguration configuration, Pass pass, MemoryPace memory)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pass.Tokens, 1);
        var program = configuration.Program;
        var walk = new LatencyWalk(configuration, pass.First, memory);
        var cycles = new long[program.Steps.Count];
        void Spend(ProgramStep step)
        {
            var spent = configuration.Operations.Of(step).Cycles(walk, step);
            walk.Spend(spent);
            cycles[step.Index] += spent;
        }

        foreach (var step in program.Before)
        {
            Spend(step);
        }

        for (var layer = 0; layer < configuration.Layers; layer++)
        {
            foreach (var step in program.EachLayer)
            {
                Spend(step);
            }
        }

        foreach (var step in program.After)
        {
            Spend(step);
        }

        // The idle scheduler takes the position.
        var steps = program.Steps.Select(s => new StepLatency(s, cycles[s.Index]));
        return new LatencyEstimate(walk.Now + StageControl.StartLatency + LoopLynxRing.HostLatency(configuration), [.. steps], walk.LargestBacklog);
    }
}
