using System.Collections.Immutable;

namespace LoopLynx.Gen.Graph;

/// <summary>Lanes in arithmetic progression: lane i comes from lane <c>First + Stride * i</c>.</summary>
internal readonly record struct LaneRun(int First, int Stride, int Count)
{
    /// <summary>The progression of a whole map, or null where it is none.</summary>
    public static LaneRun? Of(ImmutableArray<int> map)
    {
        var stride = map.Length > 1 ? map[1] - map[0] : 1;
        for (var i = 1; i < map.Length; i++)
        {
            if (map[i] - map[i - 1] != stride)
            {
                return null;
            }
        }

        return new(map[0], stride, map.Length);
    }

    /// <summary>Runs of consecutive lanes, in order.</summary>
    public static IReadOnlyList<LaneRun> Consecutive(ImmutableArray<int> map)
    {
        var runs = new List<LaneRun>();
        foreach (var lane in map)
        {
            if (runs.Count > 0 && runs[^1].First + runs[^1].Count == lane)
            {
                runs[^1] = runs[^1] with { Count = runs[^1].Count + 1 };
            }
            else
            {
                runs.Add(new(lane, 1, 1));
            }
        }

        return runs;
    }

    /// <summary>Length of the shortest part that the map repeats as a whole.</summary>
    public static int Period(ImmutableArray<int> map)
    {
        for (var period = 1; period < map.Length; period++)
        {
            if (map.Length % period == 0 && Enumerable.Range(period, map.Length - period).All(i => map[i] == map[i - period]))
            {
                return period;
            }
        }

        return map.Length;
    }
}
