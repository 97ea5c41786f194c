using LoopLynx.Accelerator;
using LoopLynx.Sim;

namespace LoopLynx.Runtime;

/// <summary>The kernels of a card, or of several, as a machine that runs tokens: a fault of one ends the run with a line that says which.</summary>
/// <param name="session">The kernels; the machine owns them.</param>
public sealed class KernelMachine(KernelSession session) : IKernelMachine
{
    /// <inheritdoc/>
    public long Cycle => session.Cycle;

    /// <summary>How the kernels ended the last token, node after node.</summary>
    public IReadOnlyList<KernelReport> Reports => session.Reports;

    /// <inheritdoc/>
    public int Layers
    {
        get => field;
        set
        {
            session.Set("layers", (uint)value);
            field = value;
        }
    }

    /// <inheritdoc/>
    public KernelTest Test(int bursts, CancellationToken cancel = default) => session.SelfTest(bursts, cancel);

    /// <inheritdoc/>
    public long RunToken(ReadOnlySpan<int> embedding, int position, Span<int> hidden, CancellationToken cancel = default)
    {
        var report = session.RunToken(embedding, position, hidden, cancel);
        if (report.Fault != KernelFault.None)
        {
            throw new SimulationException(
                $"the kernel of node {report.Node} has ended the token at position {position}: {KernelFaultText.Of(report.Fault)} "
                + $"(channel {report.Channel}, step {report.Stage}, address 0x{report.Address:x})");
        }

        RingOutcome.CheckAlike([.. session.Units.Select(u => u.Hidden())], position);
        return report.TokenCycles;
    }

    /// <inheritdoc/>
    public void Dispose() => session.Dispose();
}
