namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>The comparison with the golden model sees a ring that is wired or numbered wrongly, even where all nodes agree with one another.</summary>
public class RingMutationTests
{
    private static readonly NodeConfiguration Four = (new NodeConfiguration(Layers: 1, Heads: 4, Embed: 16, FeedForward: 16, Context: 8, Channels: 2, Lanes: 4) { Nodes = 4, PrefetchBeats = 32 }).Validated();

    [Fact]
    public void Every_offset_is_one_node_off() => IsSeen(StallingLink.Ring(Four, number: i => (i + 1) % 4));

    [Fact]
    public void Two_nodes_have_each_others_numbers() => IsSeen(StallingLink.Ring(Four, number: i => i switch { 1 => 2, 2 => 1, _ => i }));

    [Fact]
    public void Two_nodes_have_the_same_number() => IsSeen(StallingLink.Ring(Four, number: i => Math.Max(i, 1)));

    [Fact]
    public void The_ring_runs_the_other_way() => IsSeen(StallingLink.Ring(Four, successor: i => (i + 3) % 4));

    [Fact]
    public void Two_nodes_have_changed_places() => IsSeen(StallingLink.Ring(Four, successor: i => new[] { 2, 3, 1, 0 }[i]));

    private static void IsSeen(LoopLynxRing broken)
    {
        using var machine = new FuzzedMachine(Four, broken);
        var wrong = machine.Run(seed: 1);
        Assert.True(wrong is not null, "a broken ring gives the golden hidden state");
        Assert.Contains("differs from the golden model", wrong);
    }
}
