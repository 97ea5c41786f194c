using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Sim.Streams;

/// <summary>Tells which streams of a design are stuck, for the message of a watchdog.</summary>
public static class StreamWatch
{
    /// <summary>
    /// The streams that hold a beat that nobody takes (valid without ready) and those whose consumer waits (ready without valid), at this cycle boundary; paths joined by dots, the shortest first.
    /// </summary>
    /// <param name="engine">The engine; its inputs count as they are.</param>
    /// <param name="most">The most names of each kind.</param>
    public static (IReadOnlyList<string> Blocked, IReadOnlyList<string> Starving) Stuck(IStateEngine engine, int most = 8)
    {
        using var nets = new NetEvaluator(engine.Layout);
        var streams = nets.Nets.Keys.Where(k => k.EndsWith("_valid", StringComparison.Ordinal))
            .Select(k => k[..^"_valid".Length])
            .Where(k => nets.Nets.ContainsKey(k + "_ready"))
            .OrderBy(k => k.Count(c => c == '.')).ThenBy(k => k, StringComparer.Ordinal).ToArray();
        var (blocked, starving) = (new List<string>(), new List<string>());
        foreach (var stream in streams)
        {
            var valid = !nets.Read(engine.State, stream + "_valid")[0].IsZero;
            var ready = !nets.Read(engine.State, stream + "_ready")[0].IsZero;
            if (valid && !ready && blocked.Count < most)
            {
                blocked.Add(stream);
            }
            else if (ready && !valid && starving.Count < most)
            {
                starving.Add(stream);
            }
        }

        return (blocked, starving);
    }

    /// <summary>One line: what waits for what.</summary>
    public static string Describe(IEngine engine)
    {
        if (engine is not IStateEngine state)
        {
            return "run it on the compiled or interpreted engine to see which streams wait";
        }

        var (blocked, starving) = Stuck(state);
        return $"beats that nobody takes: {List(blocked)}; consumers without beats: {List(starving)}";
    }

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
