namespace LoopLynx.Synthesis.Cells;

/// <summary>A wire model of the data file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Source">Which of the file's sources it comes from.</param>
/// <param name="Points">Number of loads and delay in ns, in rising order.</param>
/// <param name="BetweenKernels">Least delay of a net between two kernels.</param>
/// <param name="AtPorts">Least delay of a net at a port of the machine, or between two nodes.</param>
public sealed record WireFigures(string Name, string Source, double[][] Points, double BetweenKernels = 0, double AtPorts = 0)
{
    /// <summary>
    /// The delay of a net to each of its loads: interpolated over the logarithm of their number, and behind the last point going on as between the last two.
    /// </summary>
    public double Delay(int loads)
    {
        var next = Array.FindIndex(Points, p => p[0] >= loads);
        if (next == 0)
        {
            return Points[0][1];
        }

        var (low, high) = next < 0 ? (Points[^2], Points[^1]) : (Points[next - 1], Points[next]);
        return low[1] + ((high[1] - low[1]) * Math.Log2(loads / low[0]) / Math.Log2(high[0] / low[0]));
    }
}
