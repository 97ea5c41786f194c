using System.Numerics;
using static LoopLynx.Contract.Rule;

namespace LoopLynx.Contract;

/// <summary>What a model and a machine must satisfy before anything is derived from them. Each rule has one text.</summary>
public static class ShapeRules
{
    private const int MostNodes = 8;
    private const int MostBeatsPerRowBeat = 8;
    private const int MostPositions = 1 << 16;
    private const int FewestBeatBytes = 4;

    /// <summary>Checks every rule; the first broken one is thrown.</summary>
    /// <exception cref="ConfigurationException">A size doesn't divide, or doesn't fit.</exception>
    public static void Check(ModelDescription model, NumericPlan plan, MachineShape machine)
    {
        CheckModel(model);
        CheckPlan(plan);
        CheckMachine(machine);
        CheckHeads(model, machine);
        CheckRows(model, machine);
        CheckCache(model, machine);
        CheckAccumulators(model, plan);
    }

    /// <summary>Checks what a channel holds.</summary>
    /// <exception cref="ConfigurationException">It doesn't fit.</exception>
    public static void CheckCapacity(MachineShape machine, long channelBytes) => Require(
        channelBytes <= machine.ChannelCapacity,
        $"a channel needs {channelBytes} bytes, an HBM pseudo-channel has {machine.ChannelCapacity}: use more nodes or channels, or a smaller model",
        advises: true);

    private static void CheckModel(ModelDescription m)
    {
        Require(
            m.Layers >= 1 && m.QueryHeads >= 1 && m.Embed >= 1 && m.FeedForward >= 1 && m.Context >= 2,
            $"layers {m.Layers}, heads {m.QueryHeads}, embed {m.Embed}, feed-forward {m.FeedForward} must be at least 1 "
                + $"and the context {m.Context} at least 2");
        Require(m.Context <= MostPositions, $"a context of {m.Context} positions is more than the {MostPositions} that the position port carries");
    }

    private static void CheckPlan(NumericPlan plan)
    {
        foreach (var kind in new[] { ValueKind.Weight, ValueKind.Activation, ValueKind.Query, ValueKind.Key, ValueKind.Value })
        {
            var format = plan[kind];
            Require(
                format.Bits >= 2 && format.Bits <= plan.ByteBits, $"a {kind} of {format.Bits} bits doesn't fit the {plan.ByteBits} bits of a memory byte",
                advises: true);
            Require(
                format.Signed && format.Symmetric, $"the format of a {kind} must be signed and symmetric: the packed multipliers can't take the smallest value",
                advises: true);
        }
    }

    private static void CheckMachine(MachineShape n)
    {
        var (beats, lanes) = (n.BeatBytes > 0 ? n.LayoutBeatBytes / n.BeatBytes : 0, n.BeatBytes);
        Require(n.Nodes is >= 1 and <= MostNodes, $"a ring of {n.Nodes} nodes: use 1 to {MostNodes}", advises: true);
        Require(
            BitOperations.IsPow2(n.Channels) && BitOperations.IsPow2(lanes) && lanes >= FewestBeatBytes,
            $"channels ({n.Channels}) and lanes ({lanes}) must be powers of two, and lanes at least {FewestBeatBytes}");
        Require(BitOperations.IsPow2(beats) && beats <= MostBeatsPerRowBeat && beats * lanes == n.LayoutBeatBytes, $"columns ({beats}) must be 1, 2, 4 or 8");
        Require(
            n.ValuesPerCycle == n.LayoutBeatBytes,
            $"a slice that takes {n.ValuesPerCycle} values a cycle doesn't fit row beats of {n.LayoutBeatBytes} weights");
        Require(n.Tokens == 1, $"a pass of {n.Tokens} tokens: use 1", advises: true);
        Require(
            lanes % n.Channels == 0,
            $"channels ({n.Channels}) must not exceed lanes ({lanes}): results of all slices go into one row of the activation buffer");
        Require(
            n.SuperBeatBytes >= Attend.HeadConstantBytes,
            $"channels x lanes ({n.Channels} x {n.LayoutBeatBytes}) must be at least {Attend.HeadConstantBytes} bytes, the size of a head's constants");
        Require(
            BitOperations.IsPow2(n.PacketLanes) && n.PacketLanes <= n.Channels,
            $"write-back lanes ({n.PacketLanes}) must be a power of two and at most the channels ({n.Channels})");
        Require(
            n.KvChannels == 0 || (BitOperations.IsPow2(n.KvChannels) && 2 * n.KvChannels <= n.Channels),
            $"K on {n.KvChannels} and V on {n.KvChannels} channels don't fit {n.Channels} channels, or aren't powers of two");
    }

    private static void CheckHeads(ModelDescription m, MachineShape n)
    {
        Require(m.StatedHeadWidth != 0 || m.Embed % m.QueryHeads == 0, $"embed {m.Embed} is not divisible by {m.QueryHeads} heads");
        Require(m.KvHeads == m.QueryHeads, $"{m.QueryHeads} query heads can't share {m.KvHeads} heads of K and V yet: use as many of both", advises: true);
        Require(
            m.QueryHeads % n.Nodes == 0, $"{m.QueryHeads} heads are not divisible by {n.Nodes} nodes: use a number of nodes that divides the heads",
            advises: true);
    }

    private static void CheckRows(ModelDescription m, MachineShape n)
    {
        var note = n.BeatsPerRowBeat == 1 ? "" : $" ({n.BeatBytes} lanes x {n.BeatsPerRowBeat} columns)";
        Require(m.Embed % n.LayoutBeatBytes == 0, $"embed {m.Embed} is not divisible by {n.LayoutBeatBytes} lanes{note}");
        Require(m.FeedForward % n.LayoutBeatBytes == 0, $"feed-forward {m.FeedForward} is not divisible by {n.LayoutBeatBytes} lanes{note}");
        foreach (var product in m.Block.Select(s => s.Operation).OfType<Product>())
        {
            Require(
                product.Columns % n.LayoutBeatBytes == 0,
                $"the {product.Columns} columns of {product.Matrix} are not divisible by {n.LayoutBeatBytes} lanes{note}");
            Require(
                product.Rows % (n.Nodes * n.Channels) == 0,
                $"the {product.Rows} rows of {product.Matrix} are not divisible by {n.Nodes} nodes x {n.Channels} channels");
        }
    }

    private static void CheckCache(ModelDescription m, MachineShape n)
    {
        var row = n.KvRowBytes;
        Require(
            row % m.HeadWidth == 0 || m.HeadWidth % row == 0,
            $"a head of {m.HeadWidth} dimensions doesn't divide, and isn't a multiple of, the {row} bytes of a row of the KV cache");
        Require(Math.Min(m.HeadWidth, row) % n.PacketLanes == 0, $"a head of {m.HeadWidth} dimensions is not divisible by {n.PacketLanes} lanes of write-back");
    }

    private static void CheckAccumulators(ModelDescription m, NumericPlan plan)
    {
        // The sum of the products and a bias of half the range must fit the accumulator.
        bool Fits(int columns) => plan.Weight.Bits + plan.Activation.Bits + BitOperations.Log2((uint)columns) <= plan.Bias.Bits - 2;
        Require(
            m.FeedForward <= 1 << 14 && m.Embed <= 1 << 13 && Fits(m.FeedForward) && Fits(m.Embed),
            $"embed {m.Embed} or feed-forward {m.FeedForward} is too wide for the 32-bit accumulators");
    }
}
