using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Structure;

/// <summary>Clock domains appear in every definition that uses them, and tick apart.</summary>
public class ClockDomainTests
{
    private static readonly ClockDomain Memory = new("mem_clk", "mem_rst");

    [Fact]
    public void A_definition_lists_the_domains_of_its_instances()
    {
        var design = Elaborator.Elaborate(new Outer());
        Assert.Equal([ClockDomain.Default, Memory], design.Top.Domains);
        Assert.Equal([Memory], design.Definitions[0].Domains);
    }

    [Fact]
    public void A_design_without_state_has_no_clock() =>
        Assert.Empty(Elaborator.Elaborate(new Inverter()).Top.Domains);

    [Theory, EveryEngine]
    public void Domains_tick_apart(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new Outer());
        engine.Tick(Memory);
        engine.Tick(Memory);
        engine.Tick(ClockDomain.Default);
        engine.Settle();
        Assert.Equal((BigInteger)2, engine.Peek("Fast"));
        Assert.Equal((BigInteger)1, engine.Peek("Slow"));
        engine.Reset(Memory, true);
        engine.Tick();
        engine.Settle();
        Assert.Equal((BigInteger)0, engine.Peek("Fast"));
        Assert.Equal((BigInteger)2, engine.Peek("Slow"));
    }

    private sealed class Counter(ClockDomain domain) : Module
    {
        public readonly Signal Count = Output(UInt(4));

        protected override void Build() => InDomain(domain, () =>
        {
            Register(out var count, UInt(4), reset: 0);
            count.Drive(count.WrapAdd(1));
            Count.Drive(count);
        });
    }

    private sealed class Outer : Module
    {
        public readonly Signal Fast = Output(UInt(4));
        public readonly Signal Slow = Output(UInt(4));

        protected override void Build()
        {
            Fast.Drive(Instance(new Counter(Memory), "fast").Count);
            Slow.Drive(Instance(new Counter(ClockDomain.Default), "slow").Count);
        }
    }

    private sealed class Inverter : Module
    {
        public readonly Signal A = Input(Bit);
        public readonly Signal Y = Output(Bit);

        protected override void Build() => Y.Drive(!A);
    }
}
