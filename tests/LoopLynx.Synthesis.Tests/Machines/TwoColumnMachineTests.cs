using System.Numerics;
using LoopLynx.Accelerator;
using LoopLynx.Gen;
using LoopLynx.Hdl;
using LoopLynx.Sim;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Synthesis.Resources;
using LoopLynx.Synthesis.Timing;
using LoopLynx.Synthesis.Yosys;

namespace LoopLynx.Synthesis.Tests.Machines;

/// <summary>Resources and timing of the parts at two bytes per activation and two columns, whose sums are what plain integers say.</summary>
public sealed class TwoColumnMachineTests
{
    private static readonly Lazy<SynthesisedDesign> Design = new(() =>
    {
        var options = new ElaborationOptions { RegisteredDepth = 1, MostResetLoads = 200 };
        var files = VerilogBackend.Emit(Elaborator.Elaborate(new TwoColumnMachine(), options));
        return SynthesisedDesign.Map(files, new YosysMapper(new MappingCache(MappingCache.DefaultFolder), Environment.ProcessorCount));
    });

    [Theory]
    [InlineData(285)]
    [InlineData(300)]
    public void No_endpoint_is_too_slow(double mhz)
    {
        var report = TimingAnalysis.Run(
            Design.Value.Absorbed, Design.Value.Data, Design.Value.Files, new(mhz), TestContext.Current.CancellationToken);
        Assert.All(report.Models, m => Assert.True(m is { Failing: 0, Endpoints: > 1000 }, $"{m}: {report.Paths[0]}"));
        Assert.Equal((0, 0, 0, 0), (report.Untimed, report.OverLevels, report.OverFanout, report.CombinationalThrough));
        Assert.True(report.Passes);
    }

    [Fact]
    public void Each_product_is_a_DSP_with_its_registers()
    {
        var c = TwoColumnMachine.Configuration;
        var report = ResourceAnalysis.Run(Design.Value.Mapped, Design.Value.Absorbed, cancel: TestContext.Current.CancellationToken);
        Assert.Empty(report.Unregistered);
        var products = report.Kernels.Where(k => k.Name.StartsWith("DotProduct", StringComparison.Ordinal)).ToArray();
        Assert.Equal(c.Channels * c.SliceLanes, products.Sum(k => k.Total.Dsp));
        Assert.Equal(TwoColumnMachine.Columns, report.Kernels.Single(k => k.Name == "ActivationBuffer").Count);

        // Two bytes per lane of a buffer's row, and a row of sums per column.
        Assert.True(report.Machine.Bram36 > 0);
        Assert.True(report.Machine.LutRam > 0);
    }

    [Fact]
    public void Sums_of_both_columns_are_exact()
    {
        var c = TwoColumnMachine.Configuration;
        using var engine = new InterpretedEngine(Elaborator.Elaborate(new TwoColumnMachine()));
        var random = new Random(13);
        var activations = Enumerable.Range(0, TwoColumnMachine.Columns)
            .Select(_ => Enumerable.Range(0, TwoColumnMachine.RowBeats * c.SliceLanes).Select(_ => random.Next(-32767, 32768)).ToArray()).ToArray();
        engine.Poke("Results_ready", 1);
        Fill(engine, activations, c.PacketLanes);
        engine.Poke("Begin", 1);
        Step(engine);
        engine.Poke("Begin", 0);
        var beats = new Queue<(int Row, int[] Weights)>();
        var expected = Enumerable.Range(0, 3).SelectMany(_ => Row(beats, activations, random)).ToArray();
        var found = new List<BigInteger>();
        for (var cycle = 0; cycle < 150; cycle++)
        {
            // The first beats come with gaps, the rest in every cycle.
            var valid = beats.Count > 0 && (cycle > 30 || random.Next(2) == 0);
            engine.Poke("Valid", valid ? 1 : 0);
            if (valid)
            {
                var (row, weights) = beats.Dequeue();
                engine.Poke("Row", row);
                engine.PokeLanes("Weights", [.. weights.Select(w => new BigInteger(w))]);
            }

            engine.Settle();
            if (engine.Peek("Results_valid") == 1)
            {
                found.AddRange(engine.PeekLanes("Results_Values"));
            }

            Step(engine);
        }

        Assert.Equal(3 * TwoColumnMachine.Columns * c.Channels, expected.Length);
        Assert.Equal(expected, found);
    }

    /// <summary>A row of random weights as beats, and its sums, column after column and channel after channel, as a packet's lanes hold them.</summary>
    private static IEnumerable<BigInteger> Row(Queue<(int Row, int[] Weights)> beats, int[][] activations, Random random)
    {
        var c = TwoColumnMachine.Configuration;
        int[][] weights = [.. Enumerable.Range(0, TwoColumnMachine.RowBeats).Select(_ => Enumerable.Range(0, c.Channels * c.SliceLanes).Select(_ => random.Next(-128, 128)).ToArray())];
        foreach (var (beat, row) in weights.Select((w, i) => (w, i)))
        {
            for (var column = 0; column < TwoColumnMachine.Columns; column++)
            {
                beats.Enqueue((row, beat));
            }
        }

        return from column in activations
               from channel in Enumerable.Range(0, c.Channels)
               let sum = Enumerable.Range(0, column.Length).Sum(i => (long)column[i] * weights[i / c.SliceLanes][(channel * c.SliceLanes) + (i % c.SliceLanes)])
               select new BigInteger((int)((sum << 8) & 0xffffffff) >> 8);
    }

    private static void Step(InterpretedEngine engine)
    {
        engine.Settle();
        engine.Tick();
    }

    private static void Fill(InterpretedEngine engine, int[][] activations, int packet)
    {
        for (var i = 0; i < activations[0].Length / packet; i++)
        {
            for (var column = 0; column < activations.Length; column++)
            {
                engine.Poke($"Writes{column}_valid", 1);
                engine.Poke($"Writes{column}_Index", i);
                engine.PokeLanes($"Writes{column}_Values", [.. activations[column].Skip(i * packet).Take(packet).Select(v => new BigInteger(v))]);
            }

            Step(engine);
        }

        for (var column = 0; column < activations.Length; column++)
        {
            engine.Poke($"Writes{column}_valid", 0);
        }

        for (var i = 0; i < 2 * ActivationBuffer.WriteLatency; i++)
        {
            Step(engine);
        }
    }
}
