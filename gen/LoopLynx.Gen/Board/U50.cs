using System.Collections.Immutable;
using System.Text.Json;

namespace LoopLynx.Gen.Board;

/// <summary>What the writers of constraints need to know about the card; the figures are in <c>constraints/u50.json</c>.</summary>
/// <param name="Name">Name of the card.</param>
/// <param name="Part">Device.</param>
/// <param name="ClockMhz">Clock of the nodes in MHz, on the paper's basis.</param>
/// <param name="KernelClockMhz">Clock that the card's shell gives a kernel, in MHz: the card's basis.</param>
/// <param name="HbmClockMhz">Clock of the memory's ports (<c>hbm_aclk</c>), in MHz.</param>
/// <param name="LowVoltageHbmClockMhz">The same of the card's variant for a lower voltage, in MHz.</param>
/// <param name="SuperLogicRegions">Dies; node k lies in number k modulo this.</param>
/// <param name="HbmChannels">Pseudo-channels of the memory.</param>
/// <param name="BytesPerChannel">Capacity of one of them.</param>
/// <param name="ChannelsPerNode">Channels that a node owns, from its first one.</param>
/// <param name="FirstChannelOfNode">First channel of each node that the card holds.</param>
public sealed record U50(
    string Name,
    string Part,
    double ClockMhz,
    int KernelClockMhz,
    int HbmClockMhz,
    int LowVoltageHbmClockMhz,
    int SuperLogicRegions,
    int HbmChannels,
    long BytesPerChannel,
    int ChannelsPerNode,
    ImmutableArray<int> FirstChannelOfNode)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The card as the file in <c>constraints/</c> describes it.</summary>
    public static U50 Default { get; } = Parse(ReadResource());

    /// <summary>Nodes that fit on the card.</summary>
    public int MaxNodes => FirstChannelOfNode.Length;

    /// <summary>Clock period in ns, rounded down to a picosecond, so that the tools never aim too low.</summary>
    public decimal PeriodNs => Math.Floor(1_000_000m / (decimal)ClockMhz) / 1000m;

    /// <summary>Reads the description of a card.</summary>
    public static U50 Parse(string json) =>
        JsonSerializer.Deserialize<U50>(json, Options) ?? throw new JsonException("the description of the card is empty");

    /// <summary>Name of the die of a node.</summary>
    public string Region(int node) => $"SLR{node % SuperLogicRegions}";

    /// <summary>Number in the card's memory of a node's channel.</summary>
    public int Channel(int node, int channel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, ChannelsPerNode);
        return FirstChannelOfNode[node] + channel;
    }

    /// <summary>Number in the card's memory of the channel of a node's host: the first behind the node's own.</summary>
    public int HostChannel(int node) => FirstChannelOfNode[node] + ChannelsPerNode;

    /// <summary>Checks a number of nodes.</summary>
    internal void CheckNodes(int nodes)
    {
        if (nodes < 1 || nodes > MaxNodes)
        {
            throw new ArgumentOutOfRangeException(nameof(nodes), $"an {Name} holds 1 to {MaxNodes} nodes, not {nodes}");
        }
    }

    private static string ReadResource()
    {
        using var stream = typeof(U50).Assembly.GetManifestResourceStream("u50.json")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
