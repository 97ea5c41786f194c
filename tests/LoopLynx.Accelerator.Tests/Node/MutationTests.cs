using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Node;

/// <summary>The comparison sees a fault: one changed byte in memory, anywhere that matters, changes the hidden state.</summary>
public class MutationTests(MutatedNode node) : IClassFixture<MutatedNode>
{
    private const int Past = 5;
    private const byte Bit6 = 0x40;

    private static readonly Dictionary<string, Action<byte[][], MemoryLayout>> Faults = new()
    {
        ["a bit of a QKV weight"] = (memory, layout) => Flip(memory[1], layout.Qkv.WeightBeat(3) * layout.Lanes),
        ["a bit of an output projection's weight"] = (memory, layout) => Flip(memory[0], (layout.Output.WeightBeat(2) * layout.Lanes) + 1),
        ["a bit of an FC1 weight"] = (memory, layout) => Flip(memory[1], (layout.FeedForward1.WeightBeat(0) * layout.Lanes) + 2),
        ["a bit of an FC2 weight in the last layer"] = (memory, layout) => Flip(memory[1], layout.LayerAddress(layout.Shape.Layers - 1) + (layout.FeedForward2.WeightBeat(0) * layout.Lanes)),
        ["a bias"] = (memory, layout) => Flip(memory[1], (layout.Output.ConstantBeat(0) * layout.Lanes) + 1),
        ["a multiplier"] = (memory, layout) => Flip(memory[1], ((layout.FeedForward2.ConstantBeat(0) + 1) * layout.Lanes) + 1),
        ["a gain of the first norm"] = (memory, layout) => Flip(memory[0], (layout.Norm1.Offset * layout.Lanes) + 1),
        ["a gain of the second norm"] = (memory, layout) => Flip(memory[0], (layout.Norm2.Offset * layout.Lanes) + 1),
        ["the fraction of gamma"] = (memory, layout) => memory[0][layout.Scalars.Offset * layout.Lanes]++,
        ["two heads' constants are swapped"] = SwapHeads,
        ["a bit of a key"] = (memory, layout) => Flip(memory[0], layout.KvAddress(0, 0, isValue: false, row: 1)),
        ["a bit of a value"] = (memory, layout) => Flip(memory[1], layout.KvAddress(1, 1, isValue: true, row: Past - 1)),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_seen_in_the_hidden_state(string fault)
    {
        Assert.True(Matches((_, _) => { }), "without a fault the hidden state is the golden one");
        Assert.False(Matches(Faults[fault]), $"{fault}: the hidden state is the golden one");
    }

    private bool Matches(Action<byte[][], MemoryLayout> fault)
    {
        var run = new NodeRun(node[EngineKind.Compiled], MutatedNode.Configuration, ChannelTiming.Ideal);
        run.SkipTo(Past);
        fault(run.Memory, run.Layout);
        var (hidden, expected) = run.Run(token: 3);
        return hidden.SequenceEqual(expected);
    }

    private static void Flip(byte[] channel, long address) => channel[address] ^= Bit6;

    // A head's 8 bytes are one super-beat: a beat in each of the two channels.
    private static void SwapHeads(byte[][] memory, MemoryLayout layout)
    {
        foreach (var channel in memory)
        {
            var heads = channel.AsSpan((int)layout.HeadConstants.Offset * layout.Lanes, 2 * layout.Lanes);
            byte[] first = [.. heads[..layout.Lanes]];
            heads[layout.Lanes..].CopyTo(heads);
            first.CopyTo(heads[layout.Lanes..]);
        }
    }
}

/// <summary>The node whose memory is broken.</summary>
public sealed class MutatedNode() : EngineSet(() => new LoopLynxNode(Configuration))
{
    internal static NodeConfiguration Configuration => Small.Equal;
}
