using System.Runtime.CompilerServices;

namespace LoopLynx.Hdl;

/// <summary>
/// An AXI4 port: five streams whose ports have the standard's names, <c>m_axi_araddr</c> for the field <c>MAxi</c>.
/// </summary>
/// <example><code>public readonly Axi4 MAxi = Axi4.Manager(new(AddressBits: 32, DataBits: 256));</code></example>
public sealed class Axi4 : IPortBundle
{
    private Axi4(Axi4Format format, BusSide side, string field, string file, int line)
    {
        Check(format);
        (Name, Side, Format) = (BusPorts.Prefix(field), side, format);
        var manager = side == BusSide.Manager;
        HdlType? Optional(bool present, int bits) => present ? Hardware.UInt(bits) : null;
        BusField id = new("id", Optional(format.IdBits > 0, Math.Max(1, format.IdBits)));
        BusField response = new("resp", Hardware.UInt(2));
        BusField last = new("last", Hardware.Bit);
        BusField data = new("data", format.Data);
        BusField[] address =
        [
            id, new("addr", Hardware.UInt(format.AddressBits)), new("len", Hardware.UInt(8)), new("size", Optional(format.HasSize, 3), format.FullSize),
            new("burst", Optional(format.HasBurst, 2), (int)AxiBurst.Increment), new("lock", Optional(format.HasLock, 1)), new("cache", Optional(format.HasCache, 4)),
            new("prot", Optional(format.HasProtection, 3)), new("qos", Optional(format.HasQuality, 4)),
        ];
        Stream<T> Channel<T>(string channel, bool present, bool produced, params BusField[] fields) =>
            present ? BusPorts.Channel<T>($"{Name}_{channel}", produced, fields, file, line) : BusPorts.Absent<T>(fields);
        Aw = Channel<Axi4Address>("aw", format.HasWrites, manager, address);
        W = Channel<Axi4Write>("w", format.HasWrites, manager, data, new("strb", Hardware.Bit.Lanes(format.Bytes)), last);
        B = Channel<Axi4Answer>("b", format.HasWrites, !manager, id, response);
        Ar = Channel<Axi4Address>("ar", format.HasReads, manager, address);
        R = Channel<Axi4Read>("r", format.HasReads, !manager, id, data, response, last);
    }

    /// <summary>Prefix of the ports.</summary>
    public string Name { get; }

    /// <summary>The module's own side.</summary>
    public BusSide Side { get; }

    /// <summary>Widths, and which signals there are.</summary>
    public Axi4Format Format { get; }

    /// <summary>Bursts to write.</summary>
    public Stream<Axi4Address> Aw { get; }

    /// <summary>Data of writes, in the order of their addresses.</summary>
    public Stream<Axi4Write> W { get; }

    /// <summary>Answers to writes.</summary>
    public Stream<Axi4Answer> B { get; }

    /// <summary>Bursts to read.</summary>
    public Stream<Axi4Address> Ar { get; }

    /// <summary>Data of reads.</summary>
    public Stream<Axi4Read> R { get; }

    /// <summary>The ports.</summary>
    public IEnumerable<object> Members => [.. BusPorts.Of(Aw), .. BusPorts.Of(W), .. BusPorts.Of(B), .. BusPorts.Of(Ar), .. BusPorts.Of(R)];

    /// <summary>A bus on which the module makes requests.</summary>
    public static Axi4 Manager(Axi4Format format, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(format, BusSide.Manager, name, file, line);

    /// <summary>A bus on which the module answers requests.</summary>
    public static Axi4 Subordinate(Axi4Format format, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(format, BusSide.Subordinate, name, file, line);

    /// <summary>Connects: requests go from <paramref name="source"/> to this bus (the module's own manager port, or an instance's subordinate port), answers back.</summary>
    public void Drive(Axi4 source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (Format.HasWrites || source.Format.HasWrites)
        {
            DriveWrites(source, file, line);
        }

        if (Format.HasReads || source.Format.HasReads)
        {
            DriveReads(source, file, line);
        }
    }

    /// <summary>As <see cref="Drive"/>, the writes alone: the reads come from another bus.</summary>
    public void DriveWrites(Axi4 source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Require(Format.HasWrites && source.Format.HasWrites, "writes");
        Aw.Drive(source.Aw, file, line);
        W.Drive(source.W, file, line);
        source.B.Drive(B, file, line);
    }

    /// <summary>As <see cref="Drive"/>, the reads alone: the writes come from another bus.</summary>
    public void DriveReads(Axi4 source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Require(Format.HasReads && source.Format.HasReads, "reads");
        Ar.Drive(source.Ar, file, line);
        source.R.Drive(R, file, line);
    }

    private static void Check(Axi4Format format)
    {
        if (!int.IsPow2(format.DataBits) || format.DataBits is < 8 or > 1024 || format.AddressBits is < 1 or > 64)
        {
            throw new HdlException("HDL0501", $"an AXI4 bus can't have {format.DataBits} bits of data and {format.AddressBits} of address",
                "data has 8, 16, 32, ... or 1024 bits, an address 1 to 64");
        }

        if (format.Data.Bits != format.DataBits)
        {
            throw new HdlException("HDL0501", $"the data of an AXI4 bus of {format.DataBits} bits can't be {format.Data}, which is {format.Data.Bits} bits",
                "its lanes together are a beat");
        }

        if (!format.HasReads && !format.HasWrites)
        {
            throw new HdlException("HDL0501", "an AXI4 bus without reads and without writes has no channel", "leave HasReads or HasWrites as it is");
        }
    }

    private void Require(bool present, string what)
    {
        if (!present)
        {
            throw new HdlException("HDL0501", $"'{Name}' and what drives it don't both have {what}", "use DriveReads or DriveWrites for what both have");
        }
    }
}
