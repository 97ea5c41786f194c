namespace LoopLynx.Accelerator;

/// <summary>
/// How flits get from one node of a ring to the next. Its <see cref="IPortBundle.Members"/> become ports of the ring: none, unless a test opens and closes the
/// link.
/// </summary>
public interface IRingLink : IPortBundle
{
    /// <summary>Builds the link, inside the ring.</summary>
    /// <param name="flits">What the node at its begin sends.</param>
    /// <param name="from">That node's place, from 0.</param>
    /// <returns>What the node at its end receives: the same flits in the same order.</returns>
    Stream<Signal> Carry(Stream<Signal> flits, int from);
}
