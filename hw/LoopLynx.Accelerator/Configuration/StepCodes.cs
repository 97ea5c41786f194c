using static LoopLynx.Contract.Rule;

namespace LoopLynx.Accelerator;

/// <summary>Numbers of a program's steps in the hardware. They mean nothing but which step it is.</summary>
public sealed record StepCodes
{
    /// <summary>Numbers by index of the step.</summary>
    /// <param name="numbers">A permutation of 1, 2, 3 ...; 0 is the idle machine's.</param>
    /// <exception cref="ConfigurationException">They aren't a permutation.</exception>
    public StepCodes(params IReadOnlyList<int> numbers)
    {
        Require(
            numbers.Order().SequenceEqual(Enumerable.Range(1, numbers.Count)),
            $"step numbers {string.Join(", ", numbers)} must be 1 to {numbers.Count}, each once", advises: true);
        Numbers = [.. numbers];
    }

    /// <summary>By index of the step.</summary>
    public IReadOnlyList<int> Numbers { get; }

    /// <inheritdoc/>
    public bool Equals(StepCodes? other) => other is not null && Numbers.SequenceEqual(other.Numbers);

    /// <inheritdoc/>
    public override int GetHashCode() => Numbers.Aggregate(0, HashCode.Combine);
}
