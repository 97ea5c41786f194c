namespace LoopLynx.Runtime;

/// <summary>
/// Which ports of a design's top make up a memory channel: an AXI4 manager's, with the standard's names behind a prefix, without numbers of transactions.
/// </summary>
/// <param name="Name">What messages call the channel.</param>
/// <param name="Prefix">What stands before <c>_araddr</c> and the others.</param>
public sealed record ChannelPorts(string Name, string Prefix)
{
    /// <summary>A port of the channel, by the standard's name: <c>araddr</c>.</summary>
    public string this[string signal] => $"{Prefix}_{signal}";
}
