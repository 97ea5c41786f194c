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
        // The FIFO has the flits at once. They are shown when as much time has passed as each takes.
        var flits = (Stream<Signal>)sender.To;
        var travelling = flits.Fifo(FifoDepths.Link(configuration), name: $"card{from}_fifo");
        Let(out var comes, flits.Fire.DelayedReset(Latency(configuration)));
        travelling.Ready.Drive(comes);
        receiver.From.Valid.Drive(comes);
        receiver.From.Data.Drive(travelling.Data);
        sender.Returned.Drive(receiver.Returns.DelayedReset(Latency(configuration)));
        Assert(!comes | travelling.Valid, "a flit is there when its time has come");
        Assert(!flits.Valid | flits.Ready, "a sender has no more credits than the link has places");
    }
}
