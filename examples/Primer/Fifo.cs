namespace LoopLynx.Examples.Primer;

/// <summary>A queue; the depth is a power of two. The library has one too, as a word of the language: <c>stream.Fifo(16)</c>.</summary>
public sealed class Fifo(HdlType type, int depth) : Module
{
    /// <summary>Beats to store.</summary>
    public readonly StreamIn<Signal> Push = In(type);

    /// <summary>Stored beats, oldest first.</summary>
    public readonly StreamOut<Signal> Pop = Out(type);

    /// <inheritdoc/>
    protected override void Build()
    {
        // The counters have one bit more than an address: equal means empty, depth apart means full.
        var address = Sizes.CeilLog2(depth);
        Memory(out var rows, type, depth);
        Register(out var pushed, UInt(address + 1), reset: 0);
        Register(out var popped, UInt(address + 1), reset: 0);
        When(Push.Fire, () => pushed.Drive(pushed.WrapAdd(1)));
        When(Pop.Fire, () => popped.Drive(popped.WrapAdd(1)));
        rows.Write(pushed.Truncate(address), Push.Data, enable: Push.Fire);
        Push.Ready.Drive(pushed.WrapSub(popped) != depth);
        Pop.Valid.Drive(pushed != popped);
        Pop.Data.Drive(rows.Read(popped.Truncate(address)));
    }
}
