namespace LoopLynx.Fuzz;

/// <summary>
/// The choices of a random design as a list of integers: drawn from a seed and recorded, or replayed from a list. Past the end of the list every choice
/// is 0, and generators put the simplest thing at 0, so that shorter lists and smaller numbers are smaller designs (<see cref="Shrinker"/>).
/// </summary>
public sealed class Decisions : Random
{
    private readonly Random? _source;
    private readonly IReadOnlyList<int> _given;
    private readonly List<int> _taken = [];

    /// <summary>New choices; the same seed gives the same ones.</summary>
    public Decisions(int seed) => (_source, _given) = (new Random(seed), []);

    /// <summary>Choices of an earlier run.</summary>
    public Decisions(IReadOnlyList<int> given) => _given = given;

    /// <summary>The choices so far, each in the range that was asked for.</summary>
    public IReadOnlyList<int> Taken => _taken;

    /// <inheritdoc/>
    public override int Next() => Next(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        if (maxValue <= 1)
        {
            return 0;
        }

        var drawn = _source is not null ? _source.Next(maxValue) : _taken.Count < _given.Count ? _given[_taken.Count] % maxValue : 0;
        _taken.Add(drawn);
        return drawn;
    }

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue) => minValue + Next(maxValue - minValue);

    /// <summary>One choice for all bytes: 0 is all zero.</summary>
    public override void NextBytes(byte[] buffer)
    {
        var seed = Next();
        if (seed == 0)
        {
            Array.Clear(buffer);
        }
        else
        {
            new Random(seed).NextBytes(buffer);
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => Next() / (double)int.MaxValue;
}
