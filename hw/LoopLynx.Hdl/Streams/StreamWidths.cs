using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>Changing how many lanes travel in a beat, and pipelines inside a stream.</summary>
public static class StreamWidths
{
    /// <summary>Joins <paramref name="count"/> beats into one; the first beat is in the lowest lanes. A beat leaves one cycle after its last part came; full rate at the input.</summary>
    public static Stream<Signal> Widen(this Stream<Signal> source, int count, string name = "widen", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "widen", file, line);
        if (count == 1)
        {
            return source;
        }

        var location = new SourceLocation(file, line);
        var builder = Builder.Current;
        var index = builder.Wrap(builder.NewRegister(UInt(Sizes.AddressBits(count)), $"{name}_index", [0], location));
        var full = builder.Wrap(builder.NewRegister(Bit, $"{name}_full", [0], location));
        var parts = Enumerable.Range(0, count).Select(i => source.Data.Registered(source.Fire & index == i, $"{name}_part{i}", file, line)).ToArray();
        var result = Stream<Signal>.Produce(full, SignalLanes.JoinLanes(parts), name, location);
        source.Ready.Drive(!full | result.Ready, file, line);
        var last = index == count - 1;
        builder.AssignRegister((RegisterNode)builder.Resolve(index), builder.Resolve(Mux(last, Const(index.Type, 0), index.WrapAdd(1))), builder.Resolve(source.Fire), location);
        builder.AssignRegister((RegisterNode)builder.Resolve(full), builder.Resolve((source.Fire & last) | (full & !result.Ready)), null, location);
        return result;
    }

    /// <summary>Splits each beat into <paramref name="count"/> beats, lowest lanes first. Latency 0; the source's beat is taken with its last part.</summary>
    public static Stream<Signal> Narrow(this Stream<Signal> source, int count, string name = "narrow", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "narrow", file, line);
        if (count == 1)
        {
            return source;
        }

        var location = new SourceLocation(file, line);
        var builder = Builder.Current;
        if (count < 1 || source.Data.Lanes % count != 0)
        {
            builder.Report("HDL0113", $"a beat of {source.Data.Lanes} lanes can't be split into {count}", location, "the number of parts divides the number of lanes");
            return source;
        }

        var index = builder.Wrap(builder.NewRegister(UInt(Sizes.AddressBits(count)), $"{name}_index", [0], location));
        var last = index == count - 1;
        var result = Stream<Signal>.Produce(source.Valid, source.Data.SelectLanes(index, source.Data.Lanes / count), name, location);
        source.Ready.Drive(result.Ready & last, file, line);
        builder.AssignRegister((RegisterNode)builder.Resolve(index), builder.Resolve(Mux(last, Const(index.Type, 0), index.WrapAdd(1))), builder.Resolve(result.Fire), location);
        return result;
    }

    /// <summary>
    /// A pipeline of exactly <paramref name="latency"/> register levels that never stalls, behind a FIFO that can always take what is under way:
    /// a beat enters only with a credit, and its credit returns when it leaves the FIFO. No ready chain runs through the pipeline.
    /// </summary>
    /// <param name="source">Beats to compute on.</param>
    /// <param name="latency">Register levels in <paramref name="function"/>, at least 1.</param>
    /// <param name="function">Free-running registers and logic; the result belongs to the operand of <paramref name="latency"/> edges before.</param>
    /// <param name="name">Prefix of the parts' names.</param>
    /// <param name="file">Set by the compiler.</param>
    /// <param name="line">Set by the compiler.</param>
    public static Stream<TResult> Pipeline<T, TResult>(this Stream<T> source, int latency, Func<T, TResult> function, string name = "pipeline",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        name = LocalNames.Or(name, "pipeline", file, line);
        var location = new SourceLocation(file, line);
        var builder = Builder.Current;
        // The FIFO's own latency is one cycle, and a credit takes one to be seen: latency + 2 beats keep the rate full.
        var depth = latency + 2;
        var credits = builder.Wrap(builder.NewRegister(UInt(Sizes.BitsFor(depth)), $"{name}_credits", [depth], location));
        source.Ready.Drive(credits != 0, file, line);
        var moving = source.Fire;
        for (var i = 0; i < latency; i++)
        {
            moving = moving.RegisteredReset(0, null, $"{name}_valid{i + 1}", file, line);
        }

        var results = function(source.Data);
        var fifo = Instance(new StreamFifo<TResult>([.. Payload<TResult>.Fields(results).Select(f => f.Type)], depth, MemoryStyle.Distributed, builder.Domain), $"{name}_fifo", file, line);
        fifo.Push.Valid.Drive(moving, file, line);
        foreach (var (to, from) in fifo.Push.Fields.Zip(Payload<TResult>.Fields(results)))
        {
            to.Drive(from, file, line);
        }

        Assert(!moving | fifo.Push.Ready, "a pipeline's FIFO has room for every beat with a credit", file, line);
        var spend = source.Fire;
        var refund = fifo.Pop.Fire;
        var next = Mux(spend & !refund, credits.WrapSub(1), Mux(refund & !spend, credits.WrapAdd(1), credits));
        builder.AssignRegister((RegisterNode)builder.Resolve(credits), builder.Resolve(next), null, location);
        return new Stream<TResult>(fifo.Pop.Valid, fifo.Pop.Ready, Payload<TResult>.WithLiterals(results, fifo.Pop.Data));
    }
}
