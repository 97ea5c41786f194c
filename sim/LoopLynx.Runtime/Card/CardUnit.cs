using LoopLynx.Sim;

namespace LoopLynx.Runtime;

/// <summary>A compute unit of a card that this process has for itself.</summary>
public sealed class CardUnit : IDisposable
{
    /// <summary>What a start returns where the host, XRT or the card has failed.</summary>
    public const int Failed = 1;

    private readonly CardLibrary _library;
    private nint _handle;

    internal CardUnit(CardLibrary library, nint handle) => (_library, _handle) = (library, handle);

    /// <summary>One line about the last call that failed.</summary>
    public string Error => _library.Error(_handle);

    /// <summary>Fills a channel's buffer and compares it with what it reads back.</summary>
    /// <exception cref="SimulationException">It can't be filled.</exception>
    public void Load(int channel, byte[] data)
    {
        if (_library.Load(_handle, channel, data) != 0)
        {
            throw new SimulationException(Error);
        }
    }

    /// <summary>Says through how many layers the next tokens run, from the first on; 0: all.</summary>
    public void SetLayers(int layers) => _library.SetLayers(_handle, layers);

    /// <summary>Runs a token.</summary>
    /// <param name="node">The unit's number on the ring.</param>
    /// <param name="position">The token's position.</param>
    /// <param name="embedding">[embed] residual values.</param>
    /// <param name="hidden">[embed], receives the hidden state.</param>
    /// <param name="status">How it has ended.</param>
    /// <param name="milliseconds">The unit is told to end after so long; 0: never.</param>
    /// <returns>0: done; 1: the host, XRT or the card failed; 2: the kernel has ended the token. <see cref="Error"/> says why.</returns>
    public int Run(int node, int position, int[] embedding, int[] hidden, out CardStatus status, uint milliseconds = 0)
    {
        status = default;
        return _library.Run(_handle, node, position, embedding, hidden, ref status, milliseconds);
    }

    /// <summary>The report of the last start: <see cref="LoopLynx.Accelerator.KernelReportWords"/>.</summary>
    public IReadOnlyList<uint> Report => _library.Report(_handle);

    /// <summary>The kernel's self-test; what was loaded into the channels is lost.</summary>
    /// <param name="node">The unit's number on the ring.</param>
    /// <param name="bursts">Bursts of 16 beats to read of each channel.</param>
    /// <param name="status">How it has ended.</param>
    /// <param name="milliseconds">The unit is told to end after so long; 0: never.</param>
    /// <returns>As of <see cref="Run"/>.</returns>
    public int SelfTest(int node, int bursts, out CardStatus status, uint milliseconds = 0)
    {
        status = default;
        return _library.SelfTest(_handle, node, bursts, ref status, milliseconds);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_handle != 0)
        {
            _library.Close(_handle);
            _handle = 0;
        }
    }
}
