using System.Runtime.CompilerServices;

namespace LoopLynx.Hdl;

/// <summary>Which signals an AXI4-Stream has beside TDATA, TVALID and TREADY.</summary>
/// <param name="Data">TDATA: any type of a whole number of bytes, for example <c>SInt(16) * 2</c>.</param>
public sealed record AxiStreamFormat(HdlType Data)
{
    /// <summary>TLAST, the end of a packet. Without it every beat is the last of its packet.</summary>
    public bool HasLast { get; init; } = true;

    /// <summary>TKEEP: one bit a byte, 0 for a byte that isn't part of the stream. Without it: all ones.</summary>
    public bool HasKeep { get; init; }

    /// <summary>TSTRB: one bit a byte, 0 for a byte that only holds a place. Without it: all ones.</summary>
    public bool HasStrobe { get; init; }

    /// <summary>Bits of TID, the stream's number.</summary>
    public int IdBits { get; init; }

    /// <summary>Bits of TDEST, where the stream goes.</summary>
    public int DestinationBits { get; init; }

    /// <summary>Bits of TUSER.</summary>
    public int UserBits { get; init; }

    /// <summary>Bytes of a beat.</summary>
    public int Bytes => Data.Bits / 8;
}

/// <summary>A beat of an AXI4-Stream. Signals that the format leaves out are constants.</summary>
public sealed record AxiStreamBeat(Signal Data, Signal Last, Signal Keep, Signal Strobe, Signal Id, Signal Destination, Signal User)
{
    /// <summary>A beat of data and end of packet: every byte counts, the numbers are 0.</summary>
    public static AxiStreamBeat Of(Signal data, Signal last) => new(data, last, 1, 1, 0, 0, 0);
}

/// <summary>
/// An AXI4-Stream port: a <see cref="Stream{T}"/> whose ports have the standard's names, <c>m_axis_tdata</c> for the field <c>MAxis</c>.
/// </summary>
/// <example><code>public readonly AxiStream SAxis = AxiStream.Subordinate(new(UInt(32)));</code></example>
public sealed class AxiStream : Stream<AxiStreamBeat>, IPortBundle
{
    private AxiStream(Stream<AxiStreamBeat> channel, string name, BusSide side, AxiStreamFormat format) : base(channel.Valid, channel.Ready, channel.Data) =>
        (Name, Side, Format) = (name, side, format);

    /// <summary>Prefix of the ports.</summary>
    public string Name { get; }

    /// <summary>The module's own side.</summary>
    public BusSide Side { get; }

    /// <summary>Which signals there are.</summary>
    public AxiStreamFormat Format { get; }

    /// <summary>The ports.</summary>
    public IEnumerable<object> Members => BusPorts.Of(this);

    /// <summary>A stream that the module sends.</summary>
    public static AxiStream Manager(AxiStreamFormat format, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Make(format, BusSide.Manager, name, file, line);

    /// <summary>A stream that the module receives.</summary>
    public static AxiStream Subordinate(AxiStreamFormat format, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Make(format, BusSide.Subordinate, name, file, line);

    private static AxiStream Make(AxiStreamFormat format, BusSide side, string field, string file, int line)
    {
        if (format.Data.Bits % 8 != 0)
        {
            throw new HdlException("HDL0501", $"the data of an AXI4-Stream can't be {format.Data}, which is {format.Data.Bits} bits", "it is a whole number of bytes");
        }

        var name = BusPorts.Prefix(field);
        HdlType? Number(int bits) => bits == 0 ? null : Hardware.UInt(bits);
        HdlType? Bytes(bool present) => present ? Hardware.Bit.Lanes(format.Bytes) : null;
        var channel = BusPorts.Channel<AxiStreamBeat>($"{name}_t", side == BusSide.Manager, [
            new("data", format.Data), new("last", format.HasLast ? Hardware.Bit : null, 1), new("keep", Bytes(format.HasKeep), 1), new("strb", Bytes(format.HasStrobe), 1),
            new("id", Number(format.IdBits)), new("dest", Number(format.DestinationBits)), new("user", Number(format.UserBits))], file, line);
        return new AxiStream(channel, name, side, format);
    }
}
