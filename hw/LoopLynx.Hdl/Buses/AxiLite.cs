using System.Runtime.CompilerServices;

namespace LoopLynx.Hdl;

/// <summary>A beat of AW or AR of AXI4-Lite: byte address and access permissions.</summary>
public sealed record AxiLiteAddress(Signal Address, Signal Protection);

/// <summary>A beat of W: data, and one strobe lane a byte.</summary>
public sealed record AxiLiteWrite(Signal Data, Signal Strobe);

/// <summary>A beat of B: an <see cref="AxiResponse"/>.</summary>
public sealed record AxiLiteAnswer(Signal Response);

/// <summary>A beat of R: data and an <see cref="AxiResponse"/>.</summary>
public sealed record AxiLiteRead(Signal Data, Signal Response);

/// <summary>
/// An AXI4-Lite port: five streams whose ports have the standard's names, <c>s_axi_awaddr</c> for the field <c>SAxi</c>.
/// </summary>
/// <example><code>public readonly AxiLite SAxi = AxiLite.Subordinate(addressBits: 6);</code></example>
public sealed class AxiLite : IPortBundle
{
    private AxiLite(int addressBits, int dataBits, BusSide side, string field, string file, int line)
    {
        if (dataBits is not (32 or 64) || addressBits is < 1 or > 64)
        {
            throw new HdlException("HDL0501", $"an AXI4-Lite bus can't have {dataBits} bits of data and {addressBits} of address", "data has 32 or 64 bits, an address 1 to 64");
        }

        (Name, Side) = (BusPorts.Prefix(field), side);
        var manager = side == BusSide.Manager;
        BusField[] address = [new("addr", Hardware.UInt(addressBits)), new("prot", Hardware.UInt(3))];
        BusField response = new("resp", Hardware.UInt(2));
        Aw = BusPorts.Channel<AxiLiteAddress>($"{Name}_aw", manager, address, file, line);
        W = BusPorts.Channel<AxiLiteWrite>($"{Name}_w", manager, [new("data", Hardware.UInt(dataBits)), new("strb", Hardware.Bit.Lanes(dataBits / 8))], file, line);
        B = BusPorts.Channel<AxiLiteAnswer>($"{Name}_b", !manager, [response], file, line);
        Ar = BusPorts.Channel<AxiLiteAddress>($"{Name}_ar", manager, address, file, line);
        R = BusPorts.Channel<AxiLiteRead>($"{Name}_r", !manager, [new("data", Hardware.UInt(dataBits)), response], file, line);
    }

    /// <summary>Prefix of the ports.</summary>
    public string Name { get; }

    /// <summary>The module's own side.</summary>
    public BusSide Side { get; }

    /// <summary>Addresses of writes.</summary>
    public Stream<AxiLiteAddress> Aw { get; }

    /// <summary>Data of writes.</summary>
    public Stream<AxiLiteWrite> W { get; }

    /// <summary>Answers to writes.</summary>
    public Stream<AxiLiteAnswer> B { get; }

    /// <summary>Addresses of reads.</summary>
    public Stream<AxiLiteAddress> Ar { get; }

    /// <summary>Answers to reads.</summary>
    public Stream<AxiLiteRead> R { get; }

    /// <summary>Bytes of a beat.</summary>
    public int Bytes => W.Data.Strobe.Lanes;

    /// <summary>The ports.</summary>
    public IEnumerable<object> Members => [.. BusPorts.Of(Aw), .. BusPorts.Of(W), .. BusPorts.Of(B), .. BusPorts.Of(Ar), .. BusPorts.Of(R)];

    /// <summary>A bus on which the module makes requests.</summary>
    public static AxiLite Manager(int addressBits, int dataBits = 32, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(addressBits, dataBits, BusSide.Manager, name, file, line);

    /// <summary>A bus on which the module answers requests.</summary>
    public static AxiLite Subordinate(int addressBits, int dataBits = 32, [CallerMemberName] string name = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        new(addressBits, dataBits, BusSide.Subordinate, name, file, line);

    /// <summary>Connects: requests go from <paramref name="source"/> to this bus (the module's own manager port, or an instance's subordinate port), answers back.</summary>
    public void Drive(AxiLite source, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        Aw.Drive(source.Aw, file, line);
        W.Drive(source.W, file, line);
        source.B.Drive(B, file, line);
        Ar.Drive(source.Ar, file, line);
        source.R.Drive(R, file, line);
    }
}
