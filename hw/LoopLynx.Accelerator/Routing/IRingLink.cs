namespace LoopLynx.Accelerator;

/// <summary>
/// How flits get from one node of a ring to the next, and credits back. Its <see cref="IPortBundle.Members"/> become ports of the ring: none, unless a test
/// opens and closes the link.
/// </summary>
public interface IRingLink : IPortBundle
{
    /// <summary>Builds the link, inside the ring: the same flits in the same order, the same number of credits.</summary>
    /// <param name="sender">The place at its begin.</param>
    /// <param name="receiver">The place at its end.</param>
    /// <param name="from">The sender's place, from 0.</param>
    void Join(RingPort sender, RingPort receiver, int from);
}
