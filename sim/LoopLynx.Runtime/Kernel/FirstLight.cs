using LoopLynx.Host;
using LoopLynx.Sim;

namespace LoopLynx.Runtime;

/// <summary>What is looked at before the first token of a card: its channels, its ring, and one layer whose answer is known.</summary>
/// <param name="Test">Channels and ring.</param>
/// <param name="LayerCycles">Cycles of a token of the first layer alone, at position 0.</param>
public sealed record FirstLight(KernelTest Test, long LayerCycles)
{
    /// <summary>Bursts of 16 beats that are read of each channel, if it has as many.</summary>
    public const int MostBursts = 10_000;

    /// <summary>Runs the self-test, then the layer.</summary>
    /// <param name="machine">The kernels, with the model in their memory.</param>
    /// <param name="model">The model; the layer is its first, of its first token at position 0.</param>
    /// <param name="bursts">Bursts of 16 beats to read of each channel.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="SimulationException">A beat was wrong, a hidden state isn't the golden model's, or a kernel has ended a start with a fault.</exception>
    public static FirstLight Run(IKernelMachine machine, QuantizedModel model, int bursts, CancellationToken cancel = default)
    {
        var test = machine.Test(bursts, cancel);
        if (test.Channels.FirstOrDefault(t => t.Errors > 0) is { } bad)
        {
            throw new SimulationException($"the self-test: channel {bad.Channel} of node {bad.Node} has delivered {bad.Errors} wrong beats of {bad.Beats}");
        }

        var embedding = model.Embed(0, 0);
        var hidden = new int[embedding.Length];
        machine.Layers = 1;
        long cycles;
        try
        {
            cycles = machine.RunToken(embedding, 0, hidden, cancel);
        }
        finally
        {
            machine.Layers = 0;
        }

        var expected = new GoldenModel(model).Step(embedding, 0, layers: 1, cancel: cancel);
        var wrong = Enumerable.Range(0, hidden.Length).Where(i => hidden[i] != expected[i]).ToArray();
        return wrong.Length == 0
            ? new(test, cycles)
            : throw new SimulationException(
                $"the self-test: {wrong.Length} of {hidden.Length} values of the first layer differ from the golden model's, the first at {wrong[0]}: "
                + $"{hidden[wrong[0]]}, not {expected[wrong[0]]}");
    }
}
