using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Routing;

/// <summary>On one node every packet passes, one cycle later.</summary>
public class RouterTests
{
    private const int Lanes = 4;
    private const int Count = 100;

    [Theory]
    [InProcess(0, 0)]
    [InProcess(40, 0)]
    [InProcess(0, 40)]
    [InProcess(50, 50)]
    public void Passes_every_packet_in_order(EngineKind kind, int sourceStall, int sinkStall)
    {
        var random = new Random(1);
        var packets = Values.Packets(Enumerable.Range(0, Lanes * Count).Select(_ => random.Next(Fixed.Min24, Fixed.Max24 + 1)), Lanes);
        using var engine = Engines.Create(kind, new Router(Lanes));
        var bench = new Bench(engine);
        bench.Feed("Local", packets, sourceStall);
        bench.Collect("Buffers", packets, sinkStall);
        var cycles = bench.RunToEnd();
        Assert.True(sourceStall + sinkStall > 0 || cycles == Count + 1, $"{Count} packets took {cycles} cycles");
    }
}
