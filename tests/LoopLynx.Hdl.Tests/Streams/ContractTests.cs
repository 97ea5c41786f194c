using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Testing;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl.Tests.Streams;

/// <summary><c>AssertStable</c> holds on a producer that keeps the contract and fails on one that doesn't.</summary>
public class ContractTests
{
    private sealed class Watched : Module
    {
        public readonly StreamIn<Signal> Source = In(UInt(8));
        public readonly StreamOut<Signal> Result = Out(UInt(8));

        protected override void Build() => Result.Drive(Source.AssertStable());
    }

    private sealed class Trusted : Module
    {
        public readonly StreamIn<Signal> Source = In(UInt(8));
        public readonly StreamOut<Signal> Result = Out(UInt(8));

        protected override void Build() => Result.Drive(Source.AssumeStable());
    }

    private static void Offer(IEngine engine, int valid, int data, int ready)
    {
        engine.Poke("Source_valid", valid);
        engine.Poke("Source_data", data);
        engine.Poke("Result_ready", ready);
        engine.Settle();
        engine.Tick();
    }

    [Theory]
    [InlineData(EngineKind.Interpreted)]
    [InlineData(EngineKind.Compiled)]
    public void A_patient_producer_passes(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Watched());
        engine.ResetAll();
        Offer(engine, 1, 5, 0);
        Offer(engine, 1, 5, 0);
        Offer(engine, 1, 5, 1);
        Offer(engine, 1, 6, 1);
        Offer(engine, 0, 7, 0);
        Offer(engine, 1, 8, 1);
        Assert.Equal(8, engine.Cycle);
    }

    [Theory]
    [InlineData(EngineKind.Interpreted, 0, 5, "a beat that is offered stays until it is taken")]
    [InlineData(EngineKind.Interpreted, 1, 6, "'data' doesn't change while the consumer stalls")]
    [InlineData(EngineKind.Compiled, 0, 5, "a beat that is offered stays until it is taken")]
    [InlineData(EngineKind.Compiled, 1, 6, "'data' doesn't change while the consumer stalls")]
    public void A_producer_that_changes_its_mind_fails(EngineKind kind, int valid, int data, string message)
    {
        using var engine = TestEngines.Create(kind, new Watched());
        engine.ResetAll();
        Offer(engine, 1, 5, 0);
        var failure = Assert.Throws<AssertionFailedException>(() => Offer(engine, valid, data, 0));
        Assert.Contains(message, failure.Message);
    }

    [Theory]
    [InlineData(EngineKind.Interpreted)]
    [InlineData(EngineKind.Compiled)]
    public void A_simulator_stops_where_a_promise_is_broken(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Trusted());
        engine.ResetAll();
        Offer(engine, 1, 5, 0);
        Offer(engine, 1, 5, 1);
        Offer(engine, 1, 6, 0);
        var failure = Assert.Throws<AssertionFailedException>(() => Offer(engine, 1, 7, 0));
        Assert.Contains("'data' doesn't change while the consumer stalls", failure.Message);
    }

    [Fact]
    public void A_promise_is_an_assumption() =>
        Assert.All(Elaborator.Elaborate(new Trusted()).Top.Assertions, claim => Assert.Equal(AssertionKind.Assume, claim.Kind));
}
