namespace LoopLynx.Accelerator.Tests.Ring;

/// <summary>When one side of a stream holds back: drawn anew in every cycle, and now and then for a long while without a break.</summary>
internal sealed class Stall
{
    private static readonly int[] Percents = [0, 0, 10, 30, 60, 90];
    private static readonly int[] Longest = [0, 0, 40, 200];
    private readonly Random _random;
    private readonly int _percent;
    private readonly int _longest;
    private int _rest;

    /// <summary>Draws how bad it is.</summary>
    public Stall(Random random)
    {
        _random = random;
        _percent = Percents[random.Next(Percents.Length)];
        _longest = Longest[random.Next(Longest.Length)];
    }

    /// <summary>Whether the stream holds back in this cycle.</summary>
    public bool Next()
    {
        if (_rest > 0)
        {
            _rest--;
            return true;
        }

        if (_longest > 0 && _random.Next(4 * _longest) == 0)
        {
            _rest = _random.Next(_longest);
        }

        return _random.Next(100) < _percent;
    }

    /// <summary>For the message of a failure.</summary>
    public override string ToString() => $"{_percent} %{(_longest > 0 ? $" and bursts of up to {_longest}" : "")}";
}
