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
                engine.Poke("QueryAddress", query);
                engine.Poke("KeyAddress", key);
                engine.Poke("ValueAddress", value);
                engine.Poke("WriterAddress", writer);
                bench.Step();
                bench.ExpectLanes("QueryRow", rows[query]);
                bench.ExpectLanes("KeyRow", rows[key]);
                bench.ExpectLanes("ValueRow", rows[value]);
                bench.ExpectLanes("WriterRow", rows[writer]);
            }
        }
    }
}
