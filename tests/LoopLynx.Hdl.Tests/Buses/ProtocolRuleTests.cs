using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Buses;

/// <summary>Each rule of the protocol checkers is broken once, and named; what the standard allows passes.</summary>
public class ProtocolRuleTests
{
    [Theory, EveryEngine]
    public void Every_rule_of_AXI4_Stream_is_checked(EngineKind kind) => Broken(kind, new StreamScript(), "s_axis", RuleScripts.Stream);

    [Theory, EveryEngine]
    public void Every_rule_of_AXI4_Lite_is_checked(EngineKind kind) => Broken(kind, new LiteScript(), "s_axi", RuleScripts.Lite);

    [Theory, EveryEngine]
    public void Every_rule_of_AXI4_is_checked(EngineKind kind) => Broken(kind, new BurstScript(), "s_axi", RuleScripts.Burst);

    [Theory, EveryEngine]
    public void Every_rule_of_a_port_that_only_writes_is_checked(EngineKind kind) => Broken(kind, new WriteScript(), "s_axi", RuleScripts.AddressFirst);

    [Theory, EveryEngine]
    public void Legal_traffic_with_addresses_first_passes(EngineKind kind) => Legal(kind, new WriteScript(), RuleScripts.LegalAddressFirst);

    [Theory, EveryEngine]
    public void Legal_traffic_of_AXI4_Lite_passes(EngineKind kind) => Legal(kind, new LiteScript(), RuleScripts.LegalLite);

    [Theory, EveryEngine]
    public void Legal_traffic_of_AXI4_passes(EngineKind kind) => Legal(kind, new BurstScript(), RuleScripts.LegalBurst);

    private static void Broken(EngineKind kind, Module module, string bus, IReadOnlyList<RuleScript> scripts)
    {
        var design = Elaborator.Elaborate(module);
        Assert.Equal(design.Top.Assertions.Select(a => a.Message).Distinct().Order(), scripts.Select(s => $"{bus}: {s.Rule}").Distinct().Order());
        foreach (var script in scripts)
        {
            using var engine = CheckedEngine.Create(kind, design);
            var cycles = script.Cycles.Split('/');
            engine.ResetAll();
            foreach (var cycle in cycles[..^1])
            {
                Step(engine, bus, cycle);
            }

            var failure = Record.Exception(() => Step(engine, bus, cycles[^1]));
            // Verilator prints the rule itself, on standard output.
            var told = kind == EngineKind.Verilator ? "$stop" : script.Rule;
            Assert.True(failure is SimulationException && failure.Message.Contains(told, StringComparison.Ordinal), $"{script}: {failure?.Message ?? "not noticed"}");
        }
    }

    private static void Legal(EngineKind kind, Module module, IReadOnlyList<string> scripts)
    {
        using var engine = CheckedEngine.Create(kind, Elaborator.Elaborate(module));
        foreach (var script in scripts)
        {
            engine.ResetAll();
            foreach (var (cycle, i) in script.Split('/').Select((c, i) => (c, i)))
            {
                var failure = Record.Exception(() => Step(engine, "s_axi", cycle));
                Assert.True(failure is null, $"cycle {i} of {script}: {failure?.Message}");
            }
        }
    }

    /// <summary>One cycle. The subordinate's signals are inputs of their own: <c>Awready</c> for awready.</summary>
    private static void Step(IEngine engine, string bus, string cycle)
    {
        var values = cycle.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=')).ToDictionary(s => s[0], s => s.Length > 1 ? int.Parse(s[1], null) : 1);
        var inputs = engine.Design.Top.Ports.Where(p => p.Direction == Netlist.PortDirection.Input).ToDictionary(p => p.Name.Replace($"{bus}_", "", StringComparison.Ordinal).ToLowerInvariant());
        Assert.Empty(values.Keys.Except(inputs.Keys));
        foreach (var (name, port) in inputs)
        {
            var value = values.GetValueOrDefault(name);
            engine.PokeLanes(port.Name, [.. Enumerable.Range(0, port.Type.Lanes).Select(lane => (System.Numerics.BigInteger)(port.Type.Lanes == 1 ? value : (value >> lane) & 1))]);
        }

        engine.Settle();
        engine.Tick();
    }
}
