namespace LoopLynx.Accelerator;

/// <summary>
/// A link between nodes on two cards, as the nodes see it: flits and credits come the serial link's and the clock crossings' cycles later. No flit waits on
/// the way, because the receiver has a place for each that is sent.
/// </summary>
/// <remarks>The ring joins nodes for simulation. On a card the link is a kernel of its own between two nodes' ports.</remarks>
/// <param name="configuration">The machine.</param>
public sealed class CardLink(NodeConfiguration configuration) : IRingLink
{
    /// <inheritdoc/>
    public IEnumerable<object> Members => [];

    /// <summary>Cycles from a flit that leaves a node to the same flit at the next, and from a credit to the same credit.</summary>
    public static int Latency(NodeConfiguration c) => Math.Max(c.CardLinkCycles, StreamFifos.Latency());

    /// <inheritdoc/>
    public void Join(RingPort sender, RingPort receiver, int from)
    {
        var (valid, data) = Carry(sender.To, from);
        receiver.From.Valid.Drive(valid);
        receiver.From.Data.Drive(data);
        sender.Returned.Drive(receiver.Returns.DelayedReset(Latency(configuration)));
    }

    /// <summary>The way of the flits: valid and data at its end.</summary>
    /// <param name="flits">At its begin; always ready.</param>
    /// <param name="from">The sender's place, from 0.</param>
    public (Signal Valid, Signal Data) Carry(Stream<Signal> flits, int from)
    {
        // The FIFO has the flits at once. They are shown when as much time has passed as each takes.
        var travelling = flits.Fifo(FifoDepths.Link(configuration), name: $"card{from}_fifo");
        var comes = flits.Fire.DelayedReset(Latency(configuration));
        travelling.Ready.Drive(comes);
        Assert(!comes | travelling.Valid, "a flit is there when its time has come");
        Assert(!flits.Valid | flits.Ready, "a sender has no more credits than the link has places");
        return (comes, travelling.Data);
    }
}
