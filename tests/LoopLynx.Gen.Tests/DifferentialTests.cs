using LoopLynx.Gen.Tests.Designs;
using LoopLynx.Gen.Tests.Support;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests;

/// <summary>The emitted text computes what the interpreted engine computes, and every tool reads it without a warning.</summary>
public class DifferentialTests
{
    public static TheoryData<string> Named => [.. Designs.Keys];

    /// <summary>Number of random designs; more are worth a night: <c>LOOPLYNX_GEN_DESIGNS=2000</c>.</summary>
    private static int RandomDesigns => int.Parse(Environment.GetEnvironmentVariable("LOOPLYNX_GEN_DESIGNS") ?? "24");

    private static Dictionary<string, Func<Module>> Designs { get; } = new()
    {
        ["mac"] = () => new Mac(5),
        ["keywords"] = () => new Keywords(),
        ["hierarchy"] = () => new Hierarchy(),
        ["block RAM"] = () => new Storage(64, 6, SInt(8).Lanes(4), MemoryStyle.Block),
        ["odd depth"] = () => new Storage(13, 4, UInt(5).Lanes(3), MemoryStyle.Auto),
        ["address too wide"] = () => new Storage(8, 5, UInt(7), MemoryStyle.Distributed),
        ["odd depth, address too wide"] = () => new Storage(11, 6, Bit.Lanes(9), MemoryStyle.Ultra),
        ["address too narrow"] = () => new Storage(40, 3, SInt(33).Lanes(2), MemoryStyle.Block),
        ["one row"] = () => new Storage(1, 1, UInt(4), MemoryStyle.Auto),
        ["ROM"] = () => new Table(700, MemoryStyle.Block),
        ["two writes"] = () => new TwoWrites(),
        ["resets"] = () => new Resets(),
        ["signed index"] = () => new SignedIndex(),
        ["odd runs"] = () => new OddRuns(),
        ["constant enables"] = () => new ConstantEnables(),
    };

    [Theory]
    [MemberData(nameof(Named))]
    public void A_design_agrees_with_the_interpreter_and_lints_clean(string name)
    {
        using var folder = new WorkFolder(Elaborator.Elaborate(Designs[name]()));
        Differential.Check(folder, seed: 1, cycles: 200);
        folder.Lint();
    }

    /// <summary>Few cycles: Icarus passes on whole vectors for every lane that changes.</summary>
    [Fact]
    public void A_hundred_lanes_of_200_bits_agree_too()
    {
        using var folder = new WorkFolder(Elaborator.Elaborate(new Wide()));
        Differential.Check(folder, seed: 1, cycles: 3);
        folder.Lint(yosys: false);
    }

    [Fact]
    public void Random_designs_agree_with_the_interpreter_and_lint_clean()
    {
        for (var seed = 1; seed <= RandomDesigns; seed++)
        {
            using var folder = new WorkFolder(Elaborator.Elaborate(new RandomModule(seed)));
            Differential.Check(folder, seed, cycles: 40);

            // Verilator folds x ^ x and the like, which nobody writes, and then warns about comparisons with what is left.
            folder.Lint(yosys: seed % 8 == 0, "CMPCONST", "UNSIGNED");
        }
    }

    /// <summary>Without the structured body, wires and registers are printed from the multiplexers that it was folded into.</summary>
    [Fact]
    public void The_derived_form_computes_the_same()
    {
        for (var seed = 1; seed <= RandomDesigns; seed++)
        {
            var design = WithoutBody(Elaborator.Elaborate(new RandomModule(seed)));
            using var folder = new WorkFolder(design);
            Differential.Check(folder, seed, cycles: 20);
            folder.Lint(yosys: false, "CMPCONST", "UNSIGNED");
        }
    }

    [Fact]
    public void Random_designs_use_every_kind_of_node_and_operator()
    {
        var nodes = Enumerable.Range(1, RandomDesigns)
            .SelectMany(seed => Elaborator.Elaborate(new RandomModule(seed)).Top.Nodes)
            .Concat(Elaborator.Elaborate(new Hierarchy()).Top.Nodes).ToArray();
        var kinds = typeof(Node).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Node)) && !t.IsAbstract);
        Assert.Empty(kinds.Except(nodes.Select(n => n.GetType())));
        Assert.Empty(Enum.GetValues<BinaryOp>().Except(nodes.OfType<BinaryNode>().Select(n => n.Op)));
        Assert.Empty(Enum.GetValues<ReduceOp>().Except(nodes.OfType<ReduceNode>().Select(n => n.Op)));
    }

    private static Design WithoutBody(Design design)
    {
        var top = design.Top;
        var bare = new Definition
        {
            Name = top.Name,
            ModuleType = top.ModuleType,
            Ports = top.Ports,
            Nodes = top.Nodes,
            Memories = top.Memories,
            Instances = top.Instances,
            Body = [],
            Assertions = top.Assertions,
            Domains = top.Domains,
        };
        return new(bare, [bare]);
    }
}
