using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Dma;

/// <summary>Every beat that a token reads, in order, against <see cref="MemoryLayout"/>.</summary>
public class AddressProgramTests
{
    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.Narrow))]
    [InProcess(nameof(Small.Wide))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.Groups))]
    [InProcess("EqualSerial")]
    [InProcess("WideSerial")]
    public void Reads_the_planned_beats_in_the_order_of_attention(EngineKind kind, string name)
    {
        var c = Small.Named(name);
        var layout = new TestModel(c).Layout;
        using var engine = Engines.Create(kind, new AddressProgram(c));
        foreach (var position in AttentionOrder.Positions(c).Reverse())
        {
            // Without a reset in between: each token begins again at address 0.
            var bench = new Bench(engine, seed: position + 1);
            for (var token = 0; token < 2; token++)
            {
                Check(bench, c, layout, position);
            }
        }
    }

    private static void Check(Bench bench, NodeConfiguration c, MemoryLayout layout, int position)
    {
        var (engine, addresses, random) = (bench.Engine, new List<long>(), new Random(position));
        engine.Poke("Position", position);
        bench.Pulse("Start");
        bench.Run(100_000, () =>
        {
            engine.Poke("Runs_ready", random.Next(3) == 0 ? 0 : 1);
            engine.Settle();
            if (engine.Peek("Runs_valid") == 1 && engine.Peek("Runs_ready") == 1)
            {
                var (address, beats) = ((long)engine.Peek("Runs_Address"), (int)engine.Peek("Runs_Beats"));
                Assert.True(beats > 0, "a run has at least one beat");
                addresses.AddRange(Enumerable.Range(0, beats).Select(i => address + ((long)i * c.Lanes)));
            }

            return addresses.Count >= layout.BeatsRead(position);
        });
        bench.Step();
        engine.Poke("Runs_ready", 1);
        for (var cycle = 0; cycle < 10; cycle++)
        {
            bench.Expect("Runs_valid", 0);
            bench.Step();
        }

        Assert.Equal(AttentionOrder.TokenAddresses(c, layout, position), addresses);
        Assert.Equal(layout.BeatsRead(position), addresses.Count);
    }
}
