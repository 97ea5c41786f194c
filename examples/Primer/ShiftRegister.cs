namespace LoopLynx.Examples.Primer;

/// <summary>The last bits that came in, the newest in bit 0.</summary>
public sealed class ShiftRegister(int length) : Module
{
    /// <summary>Take a bit this cycle.</summary>
    public readonly Signal Enable = Input(Bit);

    /// <summary>The bit to take.</summary>
    public readonly Signal Serial = Input(Bit);

    /// <summary>All bits.</summary>
    public readonly Signal Bits = Output(UInt(length));

    /// <inheritdoc/>
    protected override void Build()
    {
        Register(out var bits, UInt(length), reset: 0);
        When(Enable, () => bits.Drive(Cat(bits, Serial).Truncate(length)));
        Bits.Drive(bits);
    }
}
