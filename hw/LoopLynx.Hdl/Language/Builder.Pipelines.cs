using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>This part: the pipeline whose function runs, and the names of delayed values.</summary>
internal sealed partial class Builder
{
    private readonly Dictionary<Node, (string Name, int Cycles)> _delayed = [];

    /// <summary>The pipeline whose function runs; null outside.</summary>
    public PipelineScope? Pipeline { get; private set; }

    /// <summary>Runs a pipeline's function; null: what no pipeline counts.</summary>
    public T InPipeline<T>(PipelineScope? scope, Func<T> function)
    {
        var before = Pipeline;
        Pipeline = scope;
        try
        {
            return function();
        }
        finally
        {
            Pipeline = before;
        }
    }

    /// <summary>The pipeline whose function uses <paramref name="word"/>.</summary>
    public PipelineScope PipelineFor(string word, SourceLocation location) => Pipeline
        ?? throw Fatal("HDL0123", $"{word} is used outside of a pipeline's function", "use it in the function of a Pipeline; elsewhere every signal is the present one", location);

    /// <summary>
    /// The name of a register that delays a value: after the value, with the cycles. A value without a name gives none, or with <paramref name="otherwise"/> the nearest name that it is made of.
    /// </summary>
    public string? DelayName(Node value, string? otherwise = null) => Origin(value, otherwise) is ({ } name, var cycles) ? $"{name}_d{cycles + 1}" : null;

    /// <summary>Notes what a register with such a name delays, so that its own delays are named after the same value.</summary>
    public void NoteDelay(RegisterNode register, Node value, string? otherwise = null)
    {
        if (Origin(value, otherwise) is ({ } name, var cycles))
        {
            _delayed[register] = (name, cycles + 1);
        }
    }

    /// <summary>The value's name, with its bits where it is a part, or that of the nearest named value that it is made of.</summary>
    public static string? NearestName(Node value)
    {
        var seen = new HashSet<Node> { value };
        var open = new Queue<Node>(seen);
        while (open.TryDequeue(out var node))
        {
            if (node.Name is not null)
            {
                return node.Name;
            }

            if (node is SliceNode bits && bits.Operands[0].Name is { } whole)
            {
                return bits.Type.Width == 1 ? $"{whole}_{bits.Low}" : $"{whole}_{bits.Low + bits.Type.Width - 1}_{bits.Low}";
            }

            foreach (var operand in node.Operands.Where(seen.Add))
            {
                open.Enqueue(operand);
            }
        }

        return null;
    }

    private (string? Name, int Cycles) Origin(Node value, string? otherwise) =>
        _delayed.TryGetValue(value, out var known) ? known : (value.Name ?? (otherwise is null ? null : NearestName(value) ?? otherwise), 0);

    private ImmutableArray<Node> Align(ImmutableArray<Node> operands) => Pipeline?.Align(operands) ?? operands;

    private (Node A, Node B) Align(Node a, Node b)
    {
        ImmutableArray<Node> both = Align([a, b]);
        return (both[0], both[1]);
    }
}
