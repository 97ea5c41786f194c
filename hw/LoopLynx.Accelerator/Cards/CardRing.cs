namespace LoopLynx.Accelerator;

/// <summary>
/// How the nodes of a machine lie on cards, two on each, and what joins them: registers between the dies of a card, a link between two cards.
/// </summary>
public static class CardRing
{
    /// <summary>Nodes of a card: one a die.</summary>
    public const int NodesOfCard = 2;

    /// <summary>The clock that the card's shell gives a kernel, in MHz.</summary>
    public const int KernelMhz = 300;

    /// <summary>GB/s that all channels of a card may move: past its 10 W rail it resets. Source in docs/memory.md.</summary>
    public const double MostGBps = 201;

    // Register levels between two dies: 2 to 4.
    private const int DieLevels = 3;

    /// <summary>
    /// A machine of several nodes as the card has it: the nodes share what its memory gives, so the host paces them; they lie on different dies, and every
    /// second link leads to another card. A single node has all of this to itself.
    /// </summary>
    /// <param name="c">The machine.</param>
    /// <param name="linkCycles">Cycles of a link between two cards.</param>
    public static NodeConfiguration OnCards(NodeConfiguration c, int linkCycles) =>
        c.Nodes == 1 ? c : c with { PacesReads = true, LinkLatency = DieLevels, CardLinkCycles = linkCycles };

    /// <summary>
    /// The machine whose kernels are packaged: links between dies, and with more nodes than a card has the longest link between cards that has a name, unless
    /// the machine says another.
    /// </summary>
    public static NodeConfiguration OfKernels(NodeConfiguration c)
    {
        var link = c.CardLinkCycles > 0 || c.Nodes <= NodesOfCard ? c.CardLinkCycles : SerialLink.All.Max(l => l.Cycles(KernelMhz));
        return LoopLynxKernel.Of(OnCards(c, link));
    }

    /// <summary>
    /// What the host writes into a node's register of its pace: an equal part of what a card may move; 0, no limit, where nothing paces the reads.
    /// </summary>
    /// <param name="c">The machine.</param>
    /// <param name="cardGBps">GB/s of the card.</param>
    /// <param name="mhz">The kernel's clock, in MHz.</param>
    public static int ReadPace(NodeConfiguration c, double cardGBps = MostGBps, double mhz = KernelMhz) =>
        c.PacesReads ? ReadPacer.RateOf(cardGBps, Math.Min(c.Nodes, NodesOfCard) * c.Channels, c.Lanes, mhz) : 0;

    /// <summary>The ring of a machine; without <see cref="NodeConfiguration.CardLinkCycles"/> all links are alike.</summary>
    public static RingTopology Of(NodeConfiguration c) => RingTopology.Of(c, from => LeavesCard(c, from) ? new CardLink(c) : new RingLink(c));

    /// <summary>Whether the link that begins at a node goes to another card.</summary>
    public static bool LeavesCard(NodeConfiguration c, int from) => HasCards(c) && from / NodesOfCard != (from + 1) % c.Nodes / NodesOfCard;

    /// <summary>Cycles of the slowest link, from a flit that leaves a node to the same flit at the next.</summary>
    public static int SlowestLink(NodeConfiguration c) => HasCards(c) ? Math.Max(RingLink.Latency(c), CardLink.Latency(c)) : RingLink.Latency(c);

    /// <summary>Whether links lead from one card to another.</summary>
    internal static bool HasCards(NodeConfiguration c) => c.CardLinkCycles > 0 && c.Nodes > NodesOfCard;
}
