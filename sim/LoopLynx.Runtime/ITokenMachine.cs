namespace LoopLynx.Runtime;

/// <summary>A simulated machine that runs tokens: the bare one, or the kernels of a card.</summary>
public interface ITokenMachine : IDisposable
{
    /// <summary>Cycles since the start.</summary>
    long Cycle { get; }

    /// <summary>Runs one token.</summary>
    /// <param name="embedding">[embed] residual values.</param>
    /// <param name="position">The token's position, from 0.</param>
    /// <param name="hidden">[embed], receives the hidden state after the last block.</param>
    /// <param name="cancel">Ends the simulation between cycles.</param>
    /// <returns>Cycles of the token, as the machine counts them.</returns>
    /// <exception cref="LoopLynx.Sim.SimulationException">The token hasn't come to its end.</exception>
    long RunToken(ReadOnlySpan<int> embedding, int position, Span<int> hidden, CancellationToken cancel = default);
}
