using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Buffers;

/// <summary>QKV results in their order become rows of q, k and v; four readers don't disturb each other.</summary>
public class HeadBufferTests
{
    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.Narrow))]
    [InProcess(nameof(Small.Wide))]
    [InProcess(nameof(Small.OneChannel))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.OneValue))]
    [InProcess(nameof(Small.SplitColumns))]
    public void Reads_rows_of_every_head_on_every_port(EngineKind kind, string name)
    {
        var (c, random) = (Small.Named(name), new Random(1));
        using var engine = Engines.Create(kind, new HeadBuffer(c));
        var bench = new Bench(engine);
        for (var layer = 0; layer < 2; layer++)
        {
            var qkv = random.Int8(3 * c.Embed);
            bench.Pulse("Restart");
            bench.Feed("Results", Values.Packets(qkv, c.PacketLanes), stallPercent: 30);
            bench.RunToEnd();
            var rows = qkv.Chunk(c.HeadLanes).Select(Values.Big).ToArray();
            Assert.Equal(HeadBuffer.Rows(c), rows.Length);
            for (var i = 0; i < 3 * rows.Length; i++)
            {
                var (query, key, value, writer) = (random.Next(rows.Length), random.Next(rows.Length), random.Next(rows.Length), i % rows.Length);
                engine.Poke("Query_Address", query);
                engine.Poke("Key_Address", key);
                engine.Poke("Value_Address", value);
                engine.Poke("Writer_Address", writer);
                for (var cycle = 0; cycle < HeadBuffer.Latency; cycle++)
                {
                    bench.Step();
                }

                bench.ExpectLanes("Query_Row", rows[query]);
                bench.ExpectLanes("Key_Row", rows[key]);
                bench.ExpectLanes("Value_Row", rows[value]);
                bench.ExpectLanes("Writer_Row", rows[writer]);
            }
        }
    }
}
