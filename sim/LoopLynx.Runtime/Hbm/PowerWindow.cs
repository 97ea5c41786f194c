using LoopLynx.Sim;

namespace LoopLynx.Runtime;

/// <summary>
/// What a card's channels move in a window that slides over the run: the card resets where its memory takes more power than its rail gives, and nothing slows
/// it down before. A run that exceeds the limit by more than a hundredth ends with an error.
/// </summary>
public sealed class PowerWindow
{
    private const int Steps = 100;
    private const double Tolerance = 1.01;

    private readonly string _name;
    private readonly Func<long> _bytes;
    private readonly double _limit;
    private readonly long _stepCycles;
    private readonly double _windowNs;
    private readonly long[] _moved = new long[Steps];
    private long _cycle;
    private int _step;

    /// <summary>A window over a card.</summary>
    /// <param name="name">What messages call the card.</param>
    /// <param name="timing">Figures.</param>
    /// <param name="bytes">Gives the bytes that all of the card's channels have moved since the start.</param>
    public PowerWindow(string name, HbmTiming timing, Func<long> bytes)
    {
        (_name, _limit, _bytes) = (name, timing.CardGBps, bytes);
        _stepCycles = Math.Max(1, (long)(timing.PowerWindowNs * timing.KernelMhz / 1000 / Steps));
        _windowNs = _stepCycles * Steps * 1000.0 / timing.KernelMhz;
    }

    /// <summary>The most that a whole window has seen, in GB/s.</summary>
    public double PeakGBps { get; private set; }

    /// <summary>A cycle has passed.</summary>
    /// <exception cref="SimulationException">The window has seen more than the rail gives.</exception>
    public void Step()
    {
        if (++_cycle % _stepCycles != 0)
        {
            return;
        }

        // Bytes over ns are GB/s.
        var moved = _bytes();
        var rate = (moved - _moved[_step]) / _windowNs;
        _moved[_step] = moved;
        _step = (_step + 1) % Steps;
        PeakGBps = Math.Max(PeakGBps, rate);
        if (rate > _limit * Tolerance)
        {
            var seen = FormattableString.Invariant($"{rate:F1} GB/s in the {_windowNs / 1000:F0} us before cycle {_cycle}");
            var limit = FormattableString.Invariant($"{_limit:0.#}");
            throw new SimulationException($"{_name} has moved {seen}, its memory's rail gives {limit}: pace the reads");
        }
    }
}
