namespace LoopLynx.Examples.Primer;

/// <summary>The number of the most significant request.</summary>
public sealed class PriorityEncoder(int requests) : Module
{
    /// <summary>One bit a request.</summary>
    public readonly Signal Requests = Input(UInt(requests));

    /// <summary>Whether there is one.</summary>
    public readonly Signal Any = Output(Bit);

    /// <summary>Its number; 0 where there is none.</summary>
    public readonly Signal Index = Output(UInt(Sizes.AddressBits(requests)));

    /// <inheritdoc/>
    protected override void Build()
    {
        Any.Drive(Requests != 0);
        Index.Drive(Requests.HighestOne());
    }
}
