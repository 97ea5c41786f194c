using LoopLynx.Accelerator.Tests.Support;
using LoopLynx.Runtime;
using LoopLynx.Sim.Ports;

namespace LoopLynx.Accelerator.Tests.Node;

/// <summary>What a memory answers wrongly ends the run, and says what it was.</summary>
public class MemoryErrorTests
{
    private static readonly NodeConfiguration Machine = Small.OneLayer.Validated();

    [Theory]
    [InlineData("rresp", AxiResponse.SubordinateError, "memory answered a read with an error")]
    [InlineData("rresp", AxiResponse.DecodeError, "memory answered a read with an error")]
    [InlineData("bresp", AxiResponse.SubordinateError, "memory answered a KV write with an error")]
    [InlineData("rresp", AxiResponse.ExclusiveOkay, "RRESP isn't EXOKAY without ARLOCK")]
    [InlineData("bresp", AxiResponse.ExclusiveOkay, "BRESP isn't EXOKAY without AWLOCK")]
    [InlineData("rlast", AxiResponse.Okay, "RLAST is 1 on beat ARLEN + 1 of a read and only there")]
    public void Ends_the_run(string port, AxiResponse value, string message)
    {
        var model = new TestModel(Machine);
        var engine = Engines.Create(EngineKind.Compiled, Machine);
        using var session = new NodeSession(engine, Machine, model.Image, ChannelTiming.Ideal) { Probe = new Answer(engine, port, (byte)value) };
        var failure = Record.Exception(() => session.RunToken(model.Model.Embed(1, 0), 0, new int[Machine.Embed], TestContext.Current.CancellationToken));
        Assert.Contains(message, failure?.Message ?? "the run went on");
    }

    /// <summary>Puts a value on a port of the last channel, in every cycle.</summary>
    private sealed class Answer(IEngine engine, string port, byte value) : CycleProbe
    {
        private readonly PortSlot _port = new(engine, MachinePorts.Channel(Machine.Channels - 1)[port]);

        public override void Driven() => new PortBlock(engine).Input(_port)[0] = value;
    }
}
