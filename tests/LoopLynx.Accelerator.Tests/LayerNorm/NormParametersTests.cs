using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.LayerNorm;

/// <summary>Gamma, beta and the scalars of both norms, layer after layer, where the image puts them.</summary>
public class NormParametersTests
{
    [Theory]
    [InProcess(nameof(Small.Equal))]
    [InProcess(nameof(Small.OneChannel))]
    [InProcess(nameof(Small.ThreeHeads))]
    [InProcess(nameof(Small.SplitColumns))]
    [InProcess(nameof(Small.OneValue))]
    public void Gives_the_constants_of_the_image_behind_the_address(EngineKind kind, string name)
    {
        var c = Small.Named(name);
        var model = new TestModel(c);
        using var engine = Engines.Create(kind, new NormParameters(c));
        var bench = new Bench(engine);
        for (var layer = 0; layer < c.Layers; layer++)
        {
            bench.Pulse("Restart");
            bench.Feed("Norm", [.. model.Beats(layer, model.Map["Norm1"]), .. model.Beats(layer, model.Map["Norm2"])], stallPercent: 30);
            bench.Feed("Scalars", model.Beats(layer, model.Map["Scalars"]), stallPercent: 30);
            bench.RunToEnd();
            var golden = model.Model.Layers[layer];
            Check(bench, c, 0, golden.Norm("Norm1"));
            Check(bench, c, 1, golden.Norm("Norm2"));
        }
    }

    private static void Check(Bench bench, NodeConfiguration c, int second, QuantizedNorm golden)
    {
        bench.Engine.Poke("Slot", second);
        for (var cycle = 0; cycle < NormParameters.SlotLatency; cycle++)
        {
            bench.Step();
        }

        bench.Expect("Fraction", golden.GammaBits);
        bench.Expect("Epsilon", golden.Epsilon);
        var rows = ResidualStore.RowCount(c);
        for (var cycle = 0; cycle < rows + NormParameters.Latency; cycle++)
        {
            bench.Engine.Poke("Address", cycle % rows);
            if (cycle >= NormParameters.Latency)
            {
                bench.ExpectLanes("Gamma", Values.Big(golden.Gamma.Skip((cycle - NormParameters.Latency) * c.PacketLanes).Take(c.PacketLanes)));
                bench.ExpectLanes("Beta", Values.Big(golden.Beta.Skip((cycle - NormParameters.Latency) * c.PacketLanes).Take(c.PacketLanes)));
            }

            bench.Step();
        }
    }
}
