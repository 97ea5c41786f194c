using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Bundles;

/// <summary>Bundles with directions as ports: names, both sides, both directions in one call.</summary>
public class PortBundleTests
{
    [Theory, EveryEngine]
    public void Both_directions_are_connected(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Workshop(8));
        var bench = new Bench(engine);
        foreach (var port in new[] { "Near", "Far" })
        {
            bench.Feed($"{port}_Jobs", Enumerable.Range(0, 40).Select(i => new Beat([[i & 15], [i * 5, 255 - i]])), stallPercent: 30);
            bench.Collect($"{port}_Sums", Enumerable.Range(0, 40).Select(i => Beat.Of(i & 15, (i * 5) + 255 - i)), stallPercent: 30);
        }

        bench.RunToEnd();
        engine.Poke("Far_Control_Start", 1);
        engine.Poke("Spare1_Done", 1);
        bench.Step();
        bench.Expect("Far_Control_Done", 1);
        bench.Expect("Near_Control_Done", 0);
        bench.Expect("Spare0_Start", 1);
        bench.Expect("Spare1_Start", 0);
    }

    [Fact]
    public void The_field_s_name_is_the_prefix_also_of_nested_bundles_and_arrays()
    {
        string[] inside = ["Control_Start", "Control_Done", "Jobs_valid", "Jobs_Number", "Jobs_Words", "Jobs_ready", "Sums_valid", "Sums_First", "Sums_Second", "Sums_ready", "Flag0", "Flag1"];
        var top = Elaborator.Elaborate(new Workshop(8)).Top;
        Assert.Equal([.. inside.Select(p => $"Near_{p}"), .. inside.Select(p => $"Far_{p}"), "Spare0_Start", "Spare0_Done", "Spare1_Start", "Spare1_Done"], top.Ports.Select(p => p.Name));
    }

    [Fact]
    public void The_other_side_has_every_direction_turned_round()
    {
        var boss = Elaborator.Elaborate(new Boss(8)).Top;
        var (above, below) = (boss.Ports.Where(p => p.Name.StartsWith("Above", StringComparison.Ordinal)), boss.Ports.Where(p => p.Name.StartsWith("Below", StringComparison.Ordinal)));
        Assert.Equal(12, above.Count());
        Assert.All(above.Zip(below), pair => Assert.True(pair.First.Direction != pair.Second.Direction && pair.First.Type == pair.Second.Type, pair.First.Name));
    }

    [Fact]
    public void Modules_with_equal_bundles_share_a_definition() =>
        Assert.Equal(["StreamFifo", "Worker", "Boss", "Workshop"], Elaborator.Elaborate(new Workshop(8)).Definitions.Select(d => d.Name));

    [Fact]
    public void A_shape_is_a_parameter_with_value_equality()
    {
        var design = Elaborator.Elaborate(new Shapes());
        Assert.Single(design.Definitions, d => d.ModuleType == "Through");
    }

    private sealed class Through(Job shape) : Module
    {
        public readonly StreamIn<Job> From = In(shape);
        public readonly StreamOut<Job> To = Out(shape);

        protected override void Build() => To.Drive(From);
    }

    private sealed class Shapes : Module
    {
        public readonly StreamIn<Job> From = In(Job.Shape(8));
        public readonly StreamOut<Job> To = Out(Job.Shape(8));

        protected override void Build()
        {
            Instance(out var first, new Through(Job.Shape(8)));
            Instance(out var second, new Through(Job.Shape(8)));
            first.From.Drive(From);
            second.From.Drive(first.To);
            To.Drive(second.To);
        }
    }
}
