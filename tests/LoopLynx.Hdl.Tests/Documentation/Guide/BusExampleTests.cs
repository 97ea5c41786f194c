using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Documentation.Guide;

/// <summary>The tests of docs/guide/13-buses.md.</summary>
public class BusExampleTests
{
    [Theory, EveryEngine]
    public void The_bus_sets_the_timer_and_reads_it(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Timer());
        var bench = new Bench(engine);
        bench.Step(); // AXI wants VALID to be 0 in the first cycle after reset.
        bench.Feed("s_axi_aw", [Beat.Of(0x4, 0), Beat.Of(0x0, 0), Beat.Of(0x8, 0)], stallPercent: 30);
        bench.Feed("s_axi_w", [Write(5, 0b0011), Write(1, 0b0001), Write(0, 0b1111)], stallPercent: 30);
        bench.Collect("s_axi_b", [Beat.Of(0), Beat.Of(0), Beat.Of((int)AxiResponse.SubordinateError)], stallPercent: 30);
        bench.RunToEnd();
        bench.Feed("s_axi_ar", [Beat.Of(0x4, 0), Beat.Of(0xc, 0)], stallPercent: 30);
        bench.Collect("s_axi_r", [Beat.Of(5, 0), Beat.Of(1, 0)], stallPercent: 30);
        bench.RunToEnd();
    }

    private static Beat Write(int data, int strobe) => new([[data], [strobe & 1, (strobe >> 1) & 1, (strobe >> 2) & 1, strobe >> 3]]);

    [Theory, EveryEngine]
    public void The_buffer_keeps_packets(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new PacketBuffer());
        var bench = new Bench(engine);
        bench.Step();
        var packets = Enumerable.Range(0, 50).Select(i => new Beat([[i * 7919], [i % 5 == 4 ? 1 : 0], [1, 1, i % 2, 0]])).ToList();
        bench.Feed("s_axis_t", packets, stallPercent: 30);
        bench.Collect("m_axis_t", packets, stallPercent: 50);
        bench.RunToEnd();
    }
}
