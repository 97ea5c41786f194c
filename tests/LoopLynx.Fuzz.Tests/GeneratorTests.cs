using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Fuzz.Tests;

/// <summary>Random designs are what the fuzzer says they are: all of the language, the same for the same choices.</summary>
public class GeneratorTests
{
    private const int Designs = 800;

    private static Design Make(Random random) => Elaborator.ElaborateUnchecked(RandomTop.Of(random));

    [Fact]
    public void Random_designs_use_all_of_the_language()
    {
        var definitions = Enumerable.Range(1, Designs).SelectMany(seed => Make(new Decisions(seed)).Definitions).ToArray();
        var nodes = definitions.SelectMany(d => d.Nodes).ToArray();
        var kinds = typeof(Node).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Node)) && !t.IsAbstract);
        Assert.Empty(kinds.Except(nodes.Select(n => n.GetType())));
        Assert.Empty(Enum.GetValues<UnaryOp>().Except(nodes.OfType<UnaryNode>().Select(n => n.Op)));
        Assert.Empty(Enum.GetValues<BinaryOp>().Except(nodes.OfType<BinaryNode>().Select(n => n.Op)));
        Assert.Empty(Enum.GetValues<ReduceOp>().Except(nodes.OfType<ReduceNode>().Select(n => n.Op)));
        Assert.Empty(Enum.GetValues<MemoryStyle>().Except(definitions.SelectMany(d => d.Memories).Select(m => m.Style)));
        Assert.Empty(Enumerable.Range(1, 200).Except(nodes.Select(n => n.Type.Width)));
        Assert.Empty(Enumerable.Range(1, 100).Except(nodes.Select(n => n.Type.Lanes)));
        Assert.Contains(definitions, d => d.Domains.Length > 1);
        Assert.Contains(definitions, d => d.Instances.GroupBy(i => i.Definition).Any(g => g.Count() > 1));
        Assert.Contains(definitions, d => d.ModuleType.StartsWith("StreamFifo", StringComparison.Ordinal));
        Assert.Contains(definitions.SelectMany(d => d.Memories), m => m.Writes.Length > 1);
        Assert.Contains(definitions.SelectMany(d => d.Memories).SelectMany(m => m.Writes), w => w.Mask is not null);
        Assert.Contains(nodes.OfType<MemoryReadNode>(), r => r is { Synchronous: true, Enable: not null });
        Assert.Contains(nodes.OfType<RegisterNode>(), r => r.HasReset);
        Assert.Contains(nodes.OfType<RegisterNode>(), r => !r.HasReset);
    }

    [Fact]
    public void The_same_choices_give_the_same_design()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var first = new Decisions(seed);
            var text = NetlistText.Of(Make(first));
            Assert.Equal(text, NetlistText.Of(Make(new Decisions(seed))));
            Assert.Equal(text, NetlistText.Of(Make(new Decisions(first.Taken))));
        }
    }

    [Fact]
    public void No_choices_give_a_small_design() => Assert.InRange(Make(new Decisions([])).Top.Nodes.Length, 1, 60);
}
