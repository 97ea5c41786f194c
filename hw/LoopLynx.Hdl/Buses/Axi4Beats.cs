namespace LoopLynx.Hdl;

/// <summary>A beat of AW or AR of AXI4: where a burst begins, and its form. <c>Length</c> is beats - 1, <c>Size</c> is log2(bytes of a beat), <c>Burst</c> an <see cref="AxiBurst"/>.</summary>
public sealed record Axi4Address(Signal Id, Signal Address, Signal Length, Signal Size, Signal Burst, Signal Lock, Signal Cache, Signal Protection, Signal Quality)
{
    /// <summary>An incrementing burst of full beats: <paramref name="length"/> + 1 of them.</summary>
    public static Axi4Address Of(Axi4Format format, Signal address, Signal length) => new(0, address, length, format.FullSize, AxiBurst.Increment, 0, 0, 0, 0);
}

/// <summary>A beat of W: data, one strobe lane a byte, and the end of the burst.</summary>
public sealed record Axi4Write(Signal Data, Signal Strobe, Signal Last);

/// <summary>A beat of B: which write, and an <see cref="AxiResponse"/>.</summary>
public sealed record Axi4Answer(Signal Id, Signal Response)
{
    /// <summary>The write has failed: SLVERR or DECERR.</summary>
    public Signal Failed => Response[1];
}

/// <summary>A beat of R: which read, data, an <see cref="AxiResponse"/>, and the end of the burst.</summary>
public sealed record Axi4Read(Signal Id, Signal Data, Signal Response, Signal Last)
{
    /// <summary>The read has failed, and the data means nothing: SLVERR or DECERR.</summary>
    public Signal Failed => Response[1];
}
