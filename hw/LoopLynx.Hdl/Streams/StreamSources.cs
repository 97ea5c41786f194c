using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl;

/// <summary>Streams from plain signals.</summary>
public static class StreamSources
{
    /// <summary>
    /// A stream whose producer is described with signals: <paramref name="valid"/> and the data must stay until <paramref name="ready"/>, a wire that the consumer drives.
    /// </summary>
    public static Stream<T> Of<T>(Signal valid, T data, Signal ready) => new(valid, ready, data);
}
