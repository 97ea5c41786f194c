namespace LoopLynx.Accelerator;

/// <summary>The link of the product: registers for its length, in both directions, with no logic between them.</summary>
/// <param name="configuration">The machine.</param>
public sealed class RingLink(NodeConfiguration configuration) : IRingLink
{
    /// <inheritdoc/>
    public IEnumerable<object> Members => [];

    /// <summary>Cycles from a flit that leaves a node to the same flit at the next, and from a credit to the same credit.</summary>
    public static int Latency(NodeConfiguration c) => c.LinkLatency * RingHop.Latency;

    /// <inheritdoc/>
    public void Join(RingPort sender, RingPort receiver, int from) => Join(sender.To, sender, receiver, from);

    /// <summary>A link for flits that something stands in the way of, behind the sender.</summary>
    /// <param name="flits">The sender's flits.</param>
    /// <param name="sender">The place at its begin.</param>
    /// <param name="receiver">The place at its end.</param>
    /// <param name="from">The sender's place, from 0.</param>
    public void Join(Stream<Signal> flits, RingPort sender, RingPort receiver, int from)
    {
        var (valid, data, credit) = (flits.Valid, flits.Data, receiver.Returns);
        var hops = Instances(configuration.LinkLatency, _ => new RingHop(configuration), $"link{from}_");
        foreach (var hop in hops)
        {
            hop.Valid.Drive(valid);
            hop.Flit.Drive(data);
            (valid, data) = (hop.NextValid, hop.NextFlit);
        }

        foreach (var hop in hops.Reverse())
        {
            hop.Credit.Drive(credit);
            credit = hop.NextCredit;
        }

        flits.Ready.Drive(1);
        receiver.From.Valid.Drive(valid);
        receiver.From.Data.Drive(data);
        sender.Returned.Drive(credit);
    }
}
