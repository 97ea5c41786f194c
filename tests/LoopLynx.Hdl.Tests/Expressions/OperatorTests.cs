using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Layout;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Expressions;

/// <summary>Exact result types, and exact values on every engine.</summary>
public class OperatorTests
{
    private const int Rounds = 150;
    private static readonly IReadOnlyList<OperatorCase> Cases = [.. OperatorCases.All, .. ArithmeticCases.All, .. LaneCases.All];

    [Fact]
    public void Result_types_are_exact()
    {
        var module = new OperatorModule(Cases);
        Elaborator.Elaborate(module);
        Assert.Equal(Cases.Select(c => $"{c.Name}: {c.Result}"), Cases.Zip(module.Types, (c, type) => $"{c.Name}: {type}"));
    }

    [Theory, EveryEngine]
    public void Values_are_exact(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new OperatorModule(Cases));
        var top = engine.Design.Top;
        var ports = Cases.Select((c, i) => (Inputs: c.Inputs.Select((_, k) => top.Port(OperatorModule.InputName(i, k))).ToArray(), Result: top.Port(OperatorModule.ResultName(i)))).ToArray();
        var random = new Random(5);
        for (var round = 0; round < Rounds; round++)
        {
            var operands = ports.Select(p => p.Inputs.Select(port => Poke(engine, port, random)).ToArray()).ToArray();
            engine.Settle();
            for (var i = 0; i < Cases.Count; i++)
            {
                var result = Cases[i].Result;
                var storage = engine.Output(ports[i].Result);
                var actual = new BigInteger[result.Lanes];
                for (var lane = 0; lane < actual.Length; lane++)
                {
                    actual[lane] = LaneStorage.Read(storage, result, lane);
                }

                var expected = Cases[i].Reference(operands[i]);
                Assert.True(expected.SequenceEqual(actual),
                    $"{Cases[i].Name} of {string.Join("; ", operands[i].Select(o => string.Join(' ', o)))} is {string.Join(' ', actual)}, expected {string.Join(' ', expected)}");
            }
        }
    }

    private static BigInteger[] Poke(IEngine engine, PortInfo port, Random random)
    {
        var values = Enumerable.Range(0, port.Type.Lanes).Select(_ => RandomValue.Of(port.Type, random)).ToArray();
        for (var lane = 0; lane < values.Length; lane++)
        {
            LaneStorage.Write(engine.Input(port), port.Type, lane, values[lane]);
        }

        return values;
    }
}
