using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Buses;

/// <summary>A burst that AXI4 allows.</summary>
internal sealed record AxiTraffic(int Id, int Address, int Length, int Size, AxiBurst Burst)
{
    /// <summary>AW or AR: id, address, length, size, burst, protection.</summary>
    public Beat Beat => Beat.Of(Id, Address, Length, Size, (int)Burst, Id);

    /// <summary>The byte address of each beat.</summary>
    public IEnumerable<int> Addresses => Enumerable.Range(0, Length + 1).Select(i => Burst switch
    {
        AxiBurst.Fixed => Address,
        AxiBurst.Wrap => (Address / Bytes * Bytes) + ((Address + (i << Size)) % Bytes),
        _ => i == 0 ? Address : (Address >> Size << Size) + (i << Size),
    }).Select(a => a % 4096);

    private int Bytes => (Length + 1) << Size;

    /// <summary>Any of them.</summary>
    public static AxiTraffic Random(Random random, Axi4Format format)
    {
        var burst = (AxiBurst)random.Next(3);
        var size = random.Next(format.FullSize + 1);
        var length = burst switch
        {
            AxiBurst.Wrap => (2 << random.Next(4)) - 1,
            AxiBurst.Fixed => random.Next(16),
            _ => random.Next(4) == 0 ? random.Next(256) : random.Next(8),
        };
        var address = burst switch
        {
            AxiBurst.Wrap => random.Next(1 << format.AddressBits) >> size << size,
            AxiBurst.Fixed => random.Next(1 << format.AddressBits),
            _ => (random.Next(1 << (format.AddressBits - 12)) << 12) + random.Next(4096 - ((length + 1) << size) + 1),
        };
        return new AxiTraffic(random.Next(1 << format.IdBits), address, length, size, burst);
    }
}
