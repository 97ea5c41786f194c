using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>Combining, splitting and filtering streams.</summary>
public static class StreamRouting
{
    /// <summary>Computes on the payload. Latency 0; all paths combinational.</summary>
    public static Stream<TResult> Map<T, TResult>(this Stream<T> source, Func<T, TResult> function) =>
        new(source.Valid, source.Ready, function(source.Data));

    /// <summary>Lets beats pass only while <paramref name="open"/> is 1. Latency 0. The producer must not see a beat vanish: a closed gate only delays.</summary>
    public static Stream<T> Gate<T>(this Stream<T> source, Signal open, string name = "gate", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "gate", file, line);
        var result = Stream<T>.Produce(source.Valid & open, source.Data, name, new SourceLocation(file, line));
        source.Ready.Drive(result.Ready & open, file, line);
        return result;
    }

    /// <summary>Drops the beats for which <paramref name="drop"/> is 1. Latency 0.</summary>
    public static Stream<T> DropWhen<T>(this Stream<T> source, Signal drop, string name = "drop", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "drop", file, line);
        var result = Stream<T>.Produce(source.Valid & !drop, source.Data, name, new SourceLocation(file, line));
        source.Ready.Drive(result.Ready | drop, file, line);
        return result;
    }

    /// <summary>One beat of each, together. Latency 0; each ready depends on the other's valid.</summary>
    public static Stream<Pair<TFirst, TSecond>> Join<TFirst, TSecond>(this Stream<TFirst> first, Stream<TSecond> second,
        string name = "join", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "join", file, line);
        var result = Stream<Pair<TFirst, TSecond>>.Produce(first.Valid & second.Valid, new(first.Data, second.Data), name, new SourceLocation(file, line));
        first.Ready.Drive(result.Ready & second.Valid, file, line);
        second.Ready.Drive(result.Ready & first.Valid, file, line);
        return result;
    }

    /// <summary>
    /// Every beat to each of <paramref name="count"/> outputs, which may take it in different cycles. Latency 0; combinational from the readies to the source's ready.
    /// </summary>
    public static Stream<T>[] Fork<T>(this Stream<T> source, int count, string name = "fork", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "fork", file, line);
        var location = new SourceLocation(file, line);
        var builder = Builder.Current;
        var done = Enumerable.Range(0, count).Select(i => builder.Wrap(builder.NewRegister(Bit, $"{name}{i}_done", [0], location))).ToArray();
        var outputs = done.Select((d, i) => Stream<T>.Produce(source.Valid & !d, source.Data, $"{name}{i}", location)).ToArray();
        var all = outputs.Select((o, i) => o.Ready | done[i]).Aggregate((a, b) => a & b);
        source.Ready.Drive(all, file, line);
        foreach (var (output, taken) in outputs.Zip(done))
        {
            builder.AssignRegister((RegisterNode)builder.Resolve(taken), builder.Resolve(source.Valid & !source.Ready & (taken | output.Ready)), null, location);
        }

        return outputs;
    }

    /// <summary>Each beat to the output that <paramref name="select"/> names (an unsigned scalar, stable with the beat). Latency 0.</summary>
    public static Stream<T>[] Demultiplex<T>(this Stream<T> source, Signal select, int count, string name = "demux", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "demux", file, line);
        var outputs = Enumerable.Range(0, count).Select(i => Stream<T>.Produce(source.Valid & select == i, source.Data, $"{name}{i}", new SourceLocation(file, line))).ToArray();
        source.Ready.Drive(outputs.Select((o, i) => o.Ready & select == i).Aggregate((a, b) => a | b), file, line);
        return outputs;
    }

    /// <summary>
    /// One stream out of several, fair: after a source has been served, the others come first. Latency 0.
    /// A choice that stalls is kept, so the payload stays stable.
    /// </summary>
    public static Stream<T> Arbitrate<T>(IReadOnlyList<Stream<T>> sources, string name = "arbiter", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "arbiter", file, line);
        var location = new SourceLocation(file, line);
        var builder = Builder.Current;
        var index = UInt(Sizes.AddressBits(sources.Count));
        var last = builder.Wrap(builder.NewRegister(index, $"{name}_last", [0], location));
        var locked = builder.Wrap(builder.NewRegister(Bit, $"{name}_locked", [0], location));

        // Search order: the sources after the last served one, then the others; the lowest number first in each.
        var any = Const(index, sources.Count - 1);
        var after = any;
        Signal hasAfter = Const(Bit, 0);
        for (var i = sources.Count - 1; i >= 0; i--)
        {
            any = Mux(sources[i].Valid, Const(index, i), any);
            var later = sources[i].Valid & Const(index, i) > last;
            after = Mux(later, Const(index, i), after);
            hasAfter |= later;
        }

        var choice = Mux(locked, last, Mux(hasAfter, after, any)).Named($"{name}_choice", file, line);
        Signal Pick(IEnumerable<Signal> values) => values.Select((v, i) => (v, i)).Reverse().Aggregate((Signal?)null, (rest, v) => rest is null ? v.v : Mux(choice == v.i, v.v, rest))!;
        var data = Payload<T>.Make(Enumerable.Range(0, Payload<T>.Names.Count).Select(f => Pick(sources.Select(s => s.Fields[f]))));
        var result = Stream<T>.Produce(Pick(sources.Select(s => s.Valid)), data, name, location);
        for (var i = 0; i < sources.Count; i++)
        {
            sources[i].Ready.Drive(result.Ready & choice == i, file, line);
        }

        builder.AssignRegister((RegisterNode)builder.Resolve(locked), builder.Resolve(result.Valid & !result.Ready), null, location);
        builder.AssignRegister((RegisterNode)builder.Resolve(last), builder.Resolve(choice), builder.Condition(result.Valid, location), location);
        return result;
    }
}
