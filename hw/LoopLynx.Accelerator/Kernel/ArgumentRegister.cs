namespace LoopLynx.Accelerator;

/// <summary>A word of the kernel's arguments.</summary>
/// <param name="reset">Its value after reset.</param>
public sealed class ArgumentRegister(int reset) : Module
{
    private const int Bytes = 4;

    /// <summary>1 for a cycle: the byte is written.</summary>
    public readonly Signal Takes = Input(Bit.Lanes(Bytes));

    /// <summary>The new value.</summary>
    public readonly Signal Data = Input(UInt(8 * Bytes));

    /// <summary>The word; in the cycle after <see cref="Takes"/> the new one.</summary>
    public readonly Signal Value = Output(UInt(8 * Bytes));

    /// <inheritdoc/>
    public override string Summary => $"a word of arguments, {reset} after reset";

    /// <inheritdoc/>
    protected override void Build()
    {
        Signal Byte(int i)
        {
            Register(out var value, UInt(8), reset: (reset >> (8 * i)) & 0xff, $"byte{i}");
            When(Takes.Lane(i), () => value.Drive(Data.Slice(8 * i, 8)));
            return value;
        }

        Value.Drive(Cat([.. Enumerable.Range(0, Bytes).Reverse().Select(Byte)]));
    }
}
