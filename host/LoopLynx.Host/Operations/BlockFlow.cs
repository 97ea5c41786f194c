namespace LoopLynx.Host;

/// <summary>Which step of a block reads what which other has written.</summary>
internal sealed class BlockFlow
{
    private readonly Dictionary<Step, Step> _writers = [];

    public BlockFlow(ModelDescription model)
    {
        Steps = model.Block;
        var last = new Dictionary<string, Step>();
        foreach (var step in Steps)
        {
            if (step.From != Buffers.Residual && last.TryGetValue(step.From, out var writer))
            {
                _writers.Add(step, writer);
            }

            if (step.Result is not null)
            {
                last[step.Result.Buffer] = step;
            }
        }
    }

    /// <summary>The steps of the block.</summary>
    public IReadOnlyList<Step> Steps { get; }

    /// <summary>The step whose values a step reads; null where it reads the residual.</summary>
    public Step? WriterOf(Step step) => _writers.GetValueOrDefault(step);

    /// <summary>The steps that read a step's values.</summary>
    public IEnumerable<Step> ReadersOf(Step step) => Steps.Where(reader => WriterOf(reader) == step);
}
