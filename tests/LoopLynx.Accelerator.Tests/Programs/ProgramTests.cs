using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Programs;

/// <summary>Blocks that the product doesn't have, built without touching it: hardware, memory and closed-form latency follow from their steps.</summary>
public class ProgramTests
{
    private static readonly Dictionary<string, Family> Families = new()
    {
        ["parallel"] = new ParallelFamily(),
        ["two feed-forward halves"] = new TwoFeedForwardFamily(),
        ["third norm"] = new ThirdNormFamily(),
    };

    public static TheoryData<string, string, int> Machines { get; } =
        [.. from family in Families.Keys from preset in new[] { "fast", "paper" } from nodes in new[] { 1, 2 } select (family, preset, nodes)];

    [Theory]
    [MemberData(nameof(Machines))]
    public void A_block_of_ones_own_equals_the_golden_model(string family, string preset, int nodes) =>
        ProgramRun.Check(Presets.Named(preset, ProgramRun.Tiny(Families[family]) with { Nodes = nodes }), exactModel: true);

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(20)]
    public void Thirty_blocks_drawn_at_random_equal_the_golden_model(int first)
    {
        foreach (var seed in Enumerable.Range(first, 10))
        {
            var tiny = ProgramRun.Tiny(new RandomFamily(seed)) with { Nodes = seed % 3 == 0 ? 2 : 1 };
            ProgramRun.Check(Presets.Named(Presets.Names[seed % 2], tiny), exactModel: true);
        }
    }

    [Fact]
    public void Blocks_drawn_at_random_differ_in_their_steps()
    {
        var texts = Enumerable.Range(0, 30).Select(seed => ProgramText.Write(ProgramRun.Tiny(new RandomFamily(seed)).Program).Split('\n', 2)[1]).ToList();
        Assert.Equal(30, texts.Distinct().Count());
        Assert.Contains(texts, text => text.Contains("third", StringComparison.Ordinal));
        Assert.Contains(texts, text => text.Contains("through Gelu slot 2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fast", 1)]
    [InlineData("paper", 2)]
    public void A_norm_of_the_tests_own_equals_its_golden_function(string preset, int nodes)
    {
        var kernels = OperationTable.Default.With<NormaliseWithoutMean>(new WithoutMeanBinding());
        var golden = LoopLynx.Host.OperationTable.Default.With<NormaliseWithoutMean>(new WithoutMeanOperation());
        foreach (var family in new Family[] { new WithoutMeanFamily(), new MixedNormsFamily() })
        {
            var machine = ProgramRun.Tiny(family) with { Nodes = nodes, Operations = kernels };
            ProgramRun.Check(Presets.Named(preset, machine), exactModel: true, golden);
        }
    }

    [Fact]
    public void An_operation_without_a_kernel_is_refused()
    {
        var refused = Assert.Throws<ConfigurationException>(ProgramRun.Tiny(new WithoutMeanFamily()).Validated);
        Assert.Equal("no kernel serves Norm1 (NormaliseWithoutMean): add one to the table of operations", refused.Message);
    }

    /// <summary>Values of 6 bits in bytes: what is clipped changes, what lies where doesn't.</summary>
    [Theory]
    [InlineData("fast", 1)]
    [InlineData("paper", 2)]
    public void Six_bits_in_bytes_equal_the_golden_model(string preset, int nodes)
    {
        NumericFormat six = new(6, Symmetric: true), seven = new(7, Symmetric: true);
        foreach (var plan in new[] { NumericPlan.Int8 with { Activation = six, Key = six, Value = six }, NumericPlan.Int8 with { Activation = six, Query = six, Key = six, Value = seven } })
        {
            ProgramRun.Check(Presets.Named(preset, ProgramRun.Tiny(new Gpt2Family()) with { Nodes = nodes, Plan = plan }), exactModel: true);
        }
    }

    /// <summary>Numbers of the steps mean nothing: with others the machine takes the same cycles, and its memory is the same.</summary>
    [Fact]
    public void Step_numbers_in_another_order_change_nothing()
    {
        var machine = Presets.Named("fast", ProgramRun.Tiny(new Gpt2Family()));
        foreach (var codes in new[] { new StepCodes([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]), new StepCodes([5, 1, 11, 2, 9, 3, 8, 4, 7, 6, 10]) })
        {
            var permuted = machine with { Codes = codes };
            Assert.NotEqual(machine.Program.Steps[3].Code, permuted.Program.Steps[3].Code);
            ProgramRun.Check(permuted, exactModel: true);
            Assert.Equal(new TestModel(machine).Image, new TestModel(permuted).Image);
        }

        Assert.Throws<ConfigurationException>(() => new StepCodes(1, 2, 2));
    }
}
