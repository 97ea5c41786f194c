namespace LoopLynx.Runtime;

/// <summary>The kernels of a card, or of several: simulated, or on the card. Beside tokens they have a self-test.</summary>
public interface IKernelMachine : ITokenMachine
{
    /// <summary>Layers that the next tokens run through, from the first on; 0: all.</summary>
    int Layers { get; set; }

    /// <summary>
    /// The self-test instead of a token: every channel is read as fast as it answers and compared with a pattern. Then the memory holds again what was loaded;
    /// a card forgets the tokens that ran before.
    /// </summary>
    /// <param name="bursts">Bursts of 16 beats to read of each channel.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="LoopLynx.Sim.SimulationException">A kernel has ended the test with a fault, or doesn't end.</exception>
    KernelTest Test(int bursts, CancellationToken cancel = default);
}
