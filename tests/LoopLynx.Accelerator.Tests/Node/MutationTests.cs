using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;

namespace LoopLynx.Accelerator.Tests.Node;

/// <summary>The comparison sees a fault: one changed byte in memory, anywhere that matters, changes the hidden state.</summary>
public class MutationTests(MutatedNode node) : IClassFixture<MutatedNode>
{
    private const int Past = 5;
    private const byte Bit6 = 0x40;

    private static readonly Dictionary<string, Action<byte[][], MemoryMap>> Faults = new()
    {
        ["a bit of a QKV weight"] = (memory, map) => Flip(memory[1], map.ProductOf("QKV").WeightBeat(3) * map.Machine.LayoutBeatBytes),
        ["a bit of an output projection's weight"] = (memory, map) => Flip(memory[0], (map.ProductOf("O").WeightBeat(2) * map.Machine.LayoutBeatBytes) + 1),
        ["a bit of an FC1 weight"] = (memory, map) => Flip(memory[1], (map.ProductOf("FC1").WeightBeat(0) * map.Machine.LayoutBeatBytes) + 2),
        ["a bit of an FC2 weight in the last layer"] = (memory, map) => Flip(memory[1], map.LayerAddress(map.Cache.Layers - 1) + (map.ProductOf("FC2").WeightBeat(0) * map.Machine.LayoutBeatBytes)),
        ["a bias"] = (memory, map) => Flip(memory[1], (map.ProductOf("O").ConstantBeat(0) * map.Machine.LayoutBeatBytes) + 1),
        ["a multiplier"] = (memory, map) => Flip(memory[1], ((map.ProductOf("FC2").ConstantBeat(0) + 1) * map.Machine.LayoutBeatBytes) + 1),
        ["a gain of the first norm"] = (memory, map) => Flip(memory[0], (map["Norm1"].Offset * map.Machine.LayoutBeatBytes) + 1),
        ["a gain of the second norm"] = (memory, map) => Flip(memory[0], (map["Norm2"].Offset * map.Machine.LayoutBeatBytes) + 1),
        ["the fraction of gamma"] = (memory, map) => memory[0][map["Scalars"].Offset * map.Machine.LayoutBeatBytes]++,
        ["two heads' constants are swapped"] = SwapHeads,
        ["a bit of a key"] = (memory, map) => Flip(memory[0], map.Cache.Address(0, 0, isValue: false, row: 1)),
        ["a bit of a value"] = (memory, map) => Flip(memory[1], map.Cache.Address(1, 1, isValue: true, row: Past - 1)),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_seen_in_the_hidden_state(string fault)
    {
        Assert.True(Matches((_, _) => { }), "without a fault the hidden state is the golden one");
        Assert.False(Matches(Faults[fault]), $"{fault}: the hidden state is the golden one");
    }

    private bool Matches(Action<byte[][], MemoryMap> fault)
    {
        var run = new NodeRun(node[EngineKind.Compiled], MutatedNode.Configuration, ChannelTiming.Ideal);
        run.SkipTo(Past);
        fault(run.Memory, run.Map);
        var (hidden, expected) = run.Run(token: 3);
        return hidden.SequenceEqual(expected);
    }

    private static void Flip(byte[] channel, long address) => channel[address] ^= Bit6;

    // A head's 8 bytes are one super-beat: a beat in each of the two channels.
    private static void SwapHeads(byte[][] memory, MemoryMap map)
    {
        foreach (var channel in memory)
        {
            var heads = channel.AsSpan((int)map["HeadConstants"].Offset * map.Machine.LayoutBeatBytes, 2 * map.Machine.LayoutBeatBytes);
            byte[] first = [.. heads[..map.Machine.LayoutBeatBytes]];
            heads[map.Machine.LayoutBeatBytes..].CopyTo(heads);
            first.CopyTo(heads[map.Machine.LayoutBeatBytes..]);
        }
    }
}

/// <summary>The node whose memory is broken.</summary>
public sealed class MutatedNode() : EngineSet(() => new LoopLynxNode(Configuration))
{
    internal static NodeConfiguration Configuration => Small.Equal;
}
