namespace LoopLynx.Examples.Primer;

/// <summary>Counts the cycles in which <see cref="Enable"/> is 1, and wraps.</summary>
public sealed class Counter(int width) : Module
{
    /// <summary>Count this cycle.</summary>
    public readonly Signal Enable = Input(Bit);

    /// <summary>Cycles counted so far.</summary>
    public readonly Signal Count = Output(UInt(width));

    /// <inheritdoc/>
    protected override void Build()
    {
        Register(out var count, UInt(width), reset: 0);
        When(Enable, () => count.Drive(count.WrapAdd(1)));
        Count.Drive(count);
    }
}
