using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Compiled.Tests.Designs;

/// <summary>Pairs of registers that have nothing to do with each other, each of a width of its own, so that they aren't computed as lanes.</summary>
/// <param name="count">Pairs.</param>
public sealed class Islands(int count) : Module
{
    /// <summary>What the first register of each takes, and one more.</summary>
    public readonly Signal[] From = [.. Enumerable.Range(0, count).Select(i => Input(UInt(i + 2), $"from{i}"))];

    /// <summary>The second registers.</summary>
    public readonly Signal[] To = [.. Enumerable.Range(0, count).Select(i => Output(UInt(i + 2), $"to{i}"))];

    /// <inheritdoc/>
    protected override void Build()
    {
        foreach (var (from, to) in From.Zip(To))
        {
            Register(out var first, from.Type, reset: 0);
            Register(out var second, from.Type, reset: 0);
            first.Drive(from.WrapAdd(1));
            second.Drive(first);
            to.Drive(second);
        }
    }
}
