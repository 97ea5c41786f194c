namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>Maps of lanes that repeat: lane i + n comes from a constant distance behind lane i.</summary>
internal static class LanePattern
{
    private const int LongestPeriod = 32;

    /// <summary>Whether runs of some power of two of lanes are all alike.</summary>
    public static bool IsRegular(int[] map)
    {
        for (var period = 1; period <= LongestPeriod; period *= 2)
        {
            if (StepOf(map, period) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The distance between the sources of lanes that are <paramref name="period"/> apart, or null where it isn't constant.</summary>
    public static int? StepOf(int[] map, int period)
    {
        if (map.Length <= period)
        {
            return 0;
        }

        var step = map[period] - map[0];
        for (var lane = 0; lane + period < map.Length; lane++)
        {
            if (map[lane + period] - map[lane] != step)
            {
                return null;
            }
        }

        return step;
    }

    /// <summary>The length of the runs of neighbouring lanes that a map moves as they are: the largest power of two that cuts it into such runs.</summary>
    public static int RunOf(int[] map)
    {
        var run = 1;
        while (map.Length % (2 * run) == 0 && Enumerable.Range(0, map.Length).All(i => map[i] == map[i - (i % (2 * run))] + (i % (2 * run))))
        {
            run *= 2;
        }

        return run;
    }
}
