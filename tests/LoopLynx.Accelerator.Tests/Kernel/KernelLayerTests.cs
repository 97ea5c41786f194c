using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;
using LoopLynx.Sim;

namespace LoopLynx.Accelerator.Tests.Kernel;

/// <summary>A token through the first layers alone leaves what the golden model has there, and the whole token after it is right.</summary>
public sealed class KernelLayerTests
{
    [Theory]
    [InlineData(EngineKind.Interpreted, "fast", 1)]
    [InlineData(EngineKind.Compiled, "paper", 1)]
    [InlineData(EngineKind.Compiled, "u50", 2)]
    [InlineData(EngineKind.Verilator, "u50", 1)]
    public void Each_number_of_layers_leaves_the_golden_models_state(EngineKind kind, string preset, int nodes)
    {
        var configuration = Machines.Preset(preset, nodes).Validated();
        using var run = new KernelRun(kind, configuration, _ => ChannelTiming.Ideal);
        run.Check(1);
        for (var layers = 0; layers <= configuration.Layers; layers++)
        {
            run.CheckLayers(3, layers);
            run.Check(2);
        }
    }

    [Fact]
    public void More_layers_than_the_model_has_are_refused()
    {
        var configuration = Machines.Preset("fast", 1).Validated();
        using var run = new KernelRun(EngineKind.Compiled, configuration, _ => ChannelTiming.Ideal);
        run.Session.Set("layers", (uint)configuration.Layers + 1);
        Assert.Equal(KernelFault.BadArgument, run.Fail(1).Fault);
        run.Session.Set("layers", 0);
        run.Check(1);
    }

    [Theory]
    [InlineData("u50", 1)]
    [InlineData("fast", 2)]
    public void First_light_is_right(string preset, int nodes)
    {
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset(preset, nodes).Validated(), _ => ChannelTiming.Ideal);
        using var machine = new KernelMachine(run.Session);
        var light = FirstLight.Run(machine, run.Model, 4, TestContext.Current.CancellationToken);
        Assert.All(light.Test.Channels, c => Assert.Equal((64L, 0L), (c.Beats, c.Errors)));
        Assert.InRange(light.LayerCycles, 1, run.Check(1).TokenCycles - 1);
    }

    [Fact]
    public void A_wrong_weight_is_seen_in_the_first_layer()
    {
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset("u50", 1).Validated(), _ => ChannelTiming.Ideal);
        using var machine = new KernelMachine(run.Session);
        var weights = run.Memory[0].AsSpan(0, 4096);
        weights.Reverse();
        var e = Assert.Throws<SimulationException>(() => FirstLight.Run(machine, run.Model, 1, TestContext.Current.CancellationToken));
        Assert.Contains("values of the first layer differ from the golden model's, the first at ", e.Message);
        weights.Reverse();
        FirstLight.Run(machine, run.Model, 1, TestContext.Current.CancellationToken);
        run.Check(1);
    }

    [Fact]
    public void A_wrong_beat_is_named()
    {
        using var run = new KernelRun(EngineKind.Compiled, Machines.Preset("u50", 1).Validated(), _ => ChannelTiming.Ideal);
        using var machine = new KernelMachine(run.Session);
        run.Session.EachCycle = cycle => run.Memory[1][64 + 4] ^= (byte)(cycle == 1 ? 1 : 0);
        var e = Assert.Throws<SimulationException>(() => FirstLight.Run(machine, run.Model, 2, TestContext.Current.CancellationToken));
        Assert.Equal("the self-test: channel 1 of node 0 has delivered 1 wrong beats of 32", e.Message);
    }
}
