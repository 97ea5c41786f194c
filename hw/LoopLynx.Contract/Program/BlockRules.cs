using static LoopLynx.Contract.Rule;

namespace LoopLynx.Contract;

/// <summary>What the steps of a block must satisfy, whatever the machine. Each rule has one text.</summary>
public static class BlockRules
{
    /// <summary>Checks a model's block; the first broken rule is thrown.</summary>
    /// <exception cref="ConfigurationException">A step reads what isn't there, or gives what its place can't take.</exception>
    public static void Check(ModelDescription model)
    {
        var block = model.Block;
        CheckNames(block);
        CheckSlots(block);
        CheckAttention(block);
        var written = new Dictionary<string, int>();
        foreach (var step in block)
        {
            CheckSource(step, model, written);
            CheckResult(step, model, written);
        }
    }

    private static void CheckNames(IReadOnlyList<Step> block)
    {
        var twice = block.GroupBy(s => s.Name).FirstOrDefault(g => g.Count() > 1)?.Key;
        Require(twice is null, $"two steps are named {twice}: names of steps must differ", advises: true);
        var matrix = block.Select(s => s.Operation).OfType<Product>().GroupBy(p => p.Matrix).FirstOrDefault(g => g.Count() > 1)?.Key;
        Require(matrix is null, $"two products take the matrix {matrix}: each has a matrix of its own", advises: true);
    }

    private static void CheckSlots(IReadOnlyList<Step> block)
    {
        var norms = block.Select(s => s.Operation).OfType<Normalise>().Select(n => n.Slot);
        Require(norms.Select((slot, i) => slot == i).All(same => same), "the norms' slots must be 0, 1, 2 ... in the order of the steps", advises: true);
        var tables = block.Select(s => s.Unary).OfType<Unary>().Select(u => u.Slot);
        Require(
            tables.Select((slot, i) => slot == i).All(same => same), "the activation functions' slots must be 0, 1, 2 ... in the order of the steps",
            advises: true);
        Require(
            block.Select(s => s.Unary).OfType<Unary>().All(u => u is { Kind: ActivationKind.Gelu, Side: UnarySide.AfterExchange }),
            "an activation function must be a GELU behind the exchange", advises: true);
    }

    private static void CheckAttention(IReadOnlyList<Step> block)
    {
        Require(block.Count(s => s.Operation is Attend) == 1, "a block attends exactly once: the cache has one region for each layer and head", advises: true);
        Require(block.Count(s => s.Result?.Buffer == Buffers.Heads) == 1, "a block makes queries, keys and values exactly once", advises: true);
    }

    private static void CheckSource(Step step, ModelDescription model, Dictionary<string, int> written)
    {
        var wanted = step.Operation switch
        {
            Normalise => step.From == Buffers.Residual,
            Attend => step.From == Buffers.Heads && written.ContainsKey(Buffers.Heads),
            _ => Buffers.IsActivation(step.From) && written.ContainsKey(step.From),
        };
        Require(wanted, $"{step.Name} ({step.Operation.Text}) can't read '{step.From}' there: nothing that it can take has been written to it in this layer");
        if (Buffers.IsActivation(step.From))
        {
            Require(
                written[step.From] == step.Operation.Inputs(model),
                $"{step.Name} takes {step.Operation.Inputs(model)} values, but '{step.From}' holds {written[step.From]}");
        }
    }

    private static void CheckResult(Step step, ModelDescription model, Dictionary<string, int> written)
    {
        Require(step.Result is not null, $"{step.Name} has no result: every step of a block gives one");
        var result = step.Result!;
        var outputs = step.Operation.Outputs(model);
        Require(result.Buffer is not (Buffers.Host or Buffers.Memory), $"{step.Name} can't write to '{result.Buffer}'");
        Require(
            result.Buffer != step.From || step.Operation is not Product,
            $"{step.Name} reads and writes '{result.Buffer}': its first results would overwrite what its last rows read");
        Require(
            result.Buffer != Buffers.Residual || (step.Operation is Product && outputs == model.Embed),
            $"{step.Name} can't be added to the residual: only a product of {model.Embed} rows can");
        Require(
            (result.Buffer == Buffers.Heads) == step.Operation is Product { ByHead: true },
            $"{step.Name}: queries, keys and values come from a product whose rows are in the order of the heads");
        Require(
            result.Unary is null || (step.Operation is Product && Buffers.IsActivation(result.Buffer)),
            $"{step.Name}: an activation function stands between a product and the activation memory");
        Require(
            !written.TryGetValue(result.Buffer, out var length) || length == outputs,
            $"{step.Name} gives {outputs} values, but '{result.Buffer}' holds {length}");
        written[result.Buffer] = outputs;
    }
}
