namespace LoopLynx.Sim;

/// <summary>
/// Everything that a C# engine knows at a cycle boundary. The layout of the state follows from the design alone, so a snapshot of one engine can be restored into another
/// engine of the same design: to re-run a window with waves, or to go on faster.
/// </summary>
/// <param name="State">The state block: ports, resets, registers, memories.</param>
/// <param name="Cycle">Edges before the snapshot.</param>
public sealed record EngineSnapshot(ReadOnlyMemory<byte> State, long Cycle)
{
    /// <summary>Copies the state into a block of the same layout.</summary>
    /// <exception cref="SimulationException">The block has another size: another design.</exception>
    public void CopyTo(Span<byte> block)
    {
        if (block.Length != State.Length)
        {
            throw new SimulationException($"a snapshot of {State.Length} bytes doesn't fit a design whose state has {block.Length}: it is of another design");
        }

        State.Span.CopyTo(block);
    }
}
