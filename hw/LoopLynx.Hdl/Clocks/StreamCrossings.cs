using System.Numerics;
using System.Runtime.CompilerServices;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>Streams that go on with another clock. The source belongs to the domain around the call (<see cref="Hardware.InDomain"/>).</summary>
public static class StreamCrossings
{
    /// <summary>Lets a stream cross to clock <paramref name="to"/> through a FIFO of <paramref name="depth"/> beats, a power of two. See <see cref="AsyncFifo{T}"/> for latency and rate.</summary>
    public static Stream<T> Cross<T>(this Stream<T> source, ClockDomain to, int depth = 16, MemoryStyle style = MemoryStyle.Distributed, int stages = Synchronisers.MinStages, string name = "crossing",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var builder = Builder.Current;
        if (depth < 2 || !BitOperations.IsPow2(depth))
        {
            builder.Report("HDL0211", $"the FIFO '{name}' between clocks is {depth} deep", new SourceLocation(file, line), "its Gray-coded pointers count to a power of two, at least 2");
            depth = 2;
        }

        var fifo = Instance(new AsyncFifo<T>([.. source.Fields.Select(f => f.Type)], depth, builder.Domain, to, style, stages), name, file, line);
        fifo.Push.Drive(source, file, line);
        return fifo.Pop;
    }

    /// <summary>Lets a stream cross to clock <paramref name="to"/> one beat at a time, without a memory. See <see cref="StreamHandshake{T}"/> for latency and rate.</summary>
    public static Stream<T> CrossByHandshake<T>(this Stream<T> source, ClockDomain to, int stages = Synchronisers.MinStages, string name = "handshake",
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var handshake = Instance(new StreamHandshake<T>([.. source.Fields.Select(f => f.Type)], Builder.Current.Domain, to, stages), name, file, line);
        handshake.Push.Drive(source, file, line);
        return handshake.Pop;
    }
}
