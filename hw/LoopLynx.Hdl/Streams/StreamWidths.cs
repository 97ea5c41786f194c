using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>Changing how many lanes travel in a beat.</summary>
public static class StreamWidths
{
    /// <summary>Cycles from the last part's beat to the beat that <see cref="Widen"/> joins; a <see cref="Narrow"/> has none.</summary>
    /// <param name="count">Parts of a beat.</param>
    public static int WidenLatency(int count) => count == 1 ? 0 : 1;

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
        var last = builder.Wrap(builder.NewRegister(Bit, $"{name}_isLast", [0], location));
        var result = Stream<Signal>.Produce(source.Valid, source.Data.SelectLanes(index, source.Data.Lanes / count), name, location);
        source.Ready.Drive(result.Ready & last, file, line);

        // The index loads every bit of the beat; whether the part is the last is a register of its own, so that ready doesn't wait for that net.
        var next = Mux(last, Const(index.Type, 0), index.WrapAdd(1));
        builder.AssignRegister((RegisterNode)builder.Resolve(index), builder.Resolve(next), builder.Resolve(result.Fire), location);
        builder.AssignRegister((RegisterNode)builder.Resolve(last), builder.Resolve(index == Math.Max(0, count - 2)), builder.Resolve(result.Fire), location);
        return result;
    }
}
