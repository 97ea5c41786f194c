using System.Runtime.CompilerServices;

namespace LoopLynx.Accelerator;

/// <summary>A burst of reads: byte address in the channel, and beats - 1.</summary>
public sealed record ReadBurst(Signal Address, Signal Length);

/// <summary>A single-beat write: byte address, data and one strobe a byte.</summary>
public sealed record WriteBeat(Signal Address, Signal Data, Signal Strobe);

/// <summary>
/// The AXI4 master of one HBM pseudo-channel, reduced to what the node uses: INCR bursts of full beats, one outstanding order, single-beat writes.
/// Address and data of a write travel as one stream (AW and W are issued together); a response is one bit of stream.
/// </summary>
/// <param name="name">Prefix of the port names.</param>
/// <param name="lanes">Bytes in a beat.</param>
/// <param name="file">C# file of the declaration.</param>
/// <param name="line">C# line of the declaration.</param>
public sealed class AxiPort(string name, int lanes, string file, int line) : IPortBundle
{
    /// <summary>Bits of a byte address inside a channel: 256 MiB need 28.</summary>
    public const int AddressBits = 32;

    /// <summary>Longest burst of the AXI3 HBM ports.</summary>
    public const int MaxBurst = MemorySizes.MaxBurstBeats;

    /// <summary>AR: read bursts; <c>Length</c> is beats - 1.</summary>
    public StreamOut<ReadBurst> Read { get; } = Out<ReadBurst>([UInt(AddressBits), UInt(8)], $"{name}_ar", file, line);

    /// <summary>R: one beat of <c>lanes</c> int8 values each.</summary>
    public StreamIn<Signal> ReadData { get; } = In(SInt(8).Lanes(lanes), $"{name}_r", file, line);

    /// <summary>AW and W of a single-beat write.</summary>
    public StreamOut<WriteBeat> Write { get; } = Out<WriteBeat>([UInt(AddressBits), SInt(8).Lanes(lanes), Bit.Lanes(lanes)], $"{name}_w", file, line);

    /// <summary>B: one response for each write; the bit is 1 for an error.</summary>
    public StreamIn<Signal> WriteResponse { get; } = In(Bit, $"{name}_b", file, line);

    /// <summary>The streams of the bundle.</summary>
    public IEnumerable<object> Members => [Read, ReadData, Write, WriteResponse];

    /// <summary>Connects a module's own port with an inner module's.</summary>
    public static void Connect(AxiPort port, AxiPort inner)
    {
        port.Read.Drive(inner.Read);
        inner.ReadData.Drive(port.ReadData);
        port.Write.Drive(inner.Write);
        inner.WriteResponse.Drive(port.WriteResponse);
    }

    /// <summary>One port for each channel: <c>name0</c>, <c>name1</c>, ...</summary>
    public static AxiPort[] Array(int count, int lanes, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        [.. Enumerable.Range(0, count).Select(i => new AxiPort($"{name}{i}", lanes, file, line))];
}
