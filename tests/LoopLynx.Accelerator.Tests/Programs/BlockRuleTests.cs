namespace LoopLynx.Accelerator.Tests.Programs;

/// <summary>Blocks that no machine can run are refused before anything is derived, each with its rule's text.</summary>
public class BlockRuleTests
{
    private static readonly (string Text, Func<List<Step>, List<Step>> Break)[] Rules =
    [
        ("two steps are named Norm1: names of steps must differ", block => [.. block, block[0] with { Operation = new Normalise(2) }]),
        ("two products take the matrix FC1: each has a matrix of its own", block => [.. block, block[5] with { Name = "again" }]),
        ("the norms' slots must be 0, 1, 2 ... in the order of the steps", block => [block[0] with { Operation = new Normalise(1) }, .. block.Skip(1)]),
        ("an activation function must be a GELU behind the exchange", block => Replaced(block, 5, s => s with { Result = s.Result! with { Unary = new Unary(ActivationKind.Silu, 0) } })),
        ("a block attends exactly once: the cache has one region for each layer and head", block => [.. block, block[2] with { Name = "again" }]),
        ("Project (product O 64 x 64) can't read 'elsewhere' there: nothing that it can take has been written to it in this layer", block => Replaced(block, 3, s => s with { From = "elsewhere" })),
        ("FeedForward2 takes 128 values, but 'vector' holds 64", block => Replaced(block, 6, s => s with { From = "vector" })),
        ("Project reads and writes 'vector': its first results would overwrite what its last rows read", block => Replaced(block, 3, s => s with { Result = new Result("vector", [ValueKind.Activation]) })),
        ("Norm1 can't be added to the residual: only a product of 64 rows can", block => Replaced(block, 0, s => s with { Result = new Result(Places.Residual, [ValueKind.Residual]) })),
        ("Norm1 can't write to 'host'", block => Replaced(block, 0, s => s with { Result = new Result(Places.Host, [ValueKind.Activation]) })),
        ("Norm1 has no result: every step of a block gives one", block => Replaced(block, 0, s => s with { Result = null })),
    ];

    [Fact]
    public void Each_broken_rule_is_told_in_its_words()
    {
        foreach (var (text, change) in Rules)
        {
            var machine = ProgramRun.Tiny(new ListedFamily(change([.. new Gpt2Family().Block(ProgramRun.Tiny(new Gpt2Family()).Model)])));
            Assert.Equal(text, Assert.Throws<ConfigurationException>(machine.Validated).Message);
        }
    }

    private static List<Step> Replaced(List<Step> block, int at, Func<Step, Step> change) => [.. block.Select((step, i) => i == at ? change(step) : step)];

    private sealed record ListedFamily(IReadOnlyList<Step> Steps) : Family
    {
        public override string Name => "listed";

        public override IReadOnlyList<Step> Block(ModelDescription model) => Steps;
    }
}
