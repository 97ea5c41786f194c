using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;

namespace LoopLynx.Sim.Streams;

/// <summary>Tells which streams of a design are stuck, for the message of a watchdog.</summary>
public static class StreamWatch
{
    /// <summary>
    /// The streams that hold a beat that nobody takes (valid without ready) and those whose consumer waits (ready without valid), at this cycle boundary; paths joined by dots, the shortest first.
    /// A stream that several levels of the hierarchy have as a port is named once, where it is seen first.
    /// </summary>
    /// <param name="engine">The engine; its inputs count as they are.</param>
    /// <param name="most">The most names of each kind.</param>
    public static (IReadOnlyList<string> Blocked, IReadOnlyList<string> Starving) Stuck(IStateEngine engine, int most = 8)
    {
        using var nets = new NetEvaluator(engine.Layout);
        var seen = new HashSet<(Node, Node)>();
        var (blocked, starving) = (new List<string>(), new List<string>());
        foreach (var stream in engine.Layout.Flat.Streams.OrderBy(s => s.Name.Count(c => c == '.')).ThenBy(s => s.Name, StringComparer.Ordinal))
        {
            var valid = !nets.Read(engine.State, stream.Valid)[0].IsZero;
            var ready = !nets.Read(engine.State, stream.Ready)[0].IsZero;
            var names = valid && !ready ? blocked : ready && !valid ? starving : null;
            if (names is not null && names.Count < most && seen.Add((Behind(stream.Valid), Behind(stream.Ready))))
            {
                names.Add(stream.Name);
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

    // The wires of a flat definition are plain aliases: a port's leads to what drives it.
    private static Node Behind(Node node)
    {
        while (node is WireNode wire)
        {
            node = wire.Value;
        }

        return node;
    }

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "none" : string.Join(", ", names);
}
