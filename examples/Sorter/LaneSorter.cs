namespace LoopLynx.Examples.Sorter;

/// <summary>Sorts the lanes of every beat, smallest first: a new beat every cycle.</summary>
/// <remarks>
/// A bitonic network: runs of 2, 4, 8, ... lanes become sorted, every second one downwards, and two neighbouring runs merge by comparing lanes that are
/// half a run, a quarter, ... apart. Each comparison of all lanes is one pipeline stage, so latency is n (n + 1) / 2 cycles and the FIFO, with n = log2(lanes).
/// </remarks>
/// <param name="element">Type of a lane.</param>
/// <param name="lanes">A power of two.</param>
public sealed class LaneSorter(HdlType element, int lanes) : Module
{
    /// <summary>Beats to sort.</summary>
    public readonly StreamIn<Signal> Unsorted = In(element * lanes);

    /// <summary>The same beats, each sorted.</summary>
    public readonly StreamOut<Signal> Sorted = Out(element * lanes);

    /// <inheritdoc/>
    public override string Summary => $"sorts {lanes} lanes of {element}";

    /// <inheritdoc/>
    protected override void Build()
    {
        var steps = Steps().ToList();
        Sorted.Drive(Unsorted.Pipeline(row => steps.Aggregate(row, Exchange)));
    }

    private IEnumerable<(int Run, int Distance)> Steps()
    {
        for (var run = 2; run <= lanes; run *= 2)
        {
            for (var distance = run / 2; distance > 0; distance /= 2)
            {
                yield return (run, distance);
            }
        }
    }

    // Every lane meets its partner; the comparison of a lane and that of its partner say the same of both.
    private Signal Exchange(Signal row, (int Run, int Distance) step)
    {
        var numbers = Enumerable.Range(0, lanes);
        var other = row.LaneMap(numbers.Select(i => i ^ step.Distance));
        var both = SignalLanes.JoinLanes(Mux(other < row, other, row), Mux(other < row, row, other));
        var isSmaller = numbers.Select(i => (i & step.Distance) == 0 == ((i & step.Run) == 0));
        return both.LaneMap(numbers.Zip(isSmaller, (i, smaller) => smaller ? i : lanes + i)).Registered();
    }
}
