using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim.Interpreted;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Tests.Support;

/// <summary>A module of two inputs and one output around an expression.</summary>
public sealed class Cell(HdlType a, HdlType b, HdlType y, Func<Signal, Signal, Signal> body) : Module
{
    public readonly Signal A = Input(a);
    public readonly Signal B = Input(b);
    public readonly Signal Y = Output(y);

    protected override void Build() => Y.Drive(body(A, B));

    /// <summary>The expression's lanes for some lanes of its operands (one value is given to all lanes).</summary>
    public static BigInteger[] Evaluate(HdlType a, HdlType b, HdlType y, Func<Signal, Signal, Signal> body, BigInteger[] aLanes, BigInteger[] bLanes)
    {
        using var engine = new InterpretedEngine(Elaborator.Elaborate(new Cell(a, b, y, body)));
        engine.PokeLanes("A", aLanes.Length == 1 ? [.. Enumerable.Repeat(aLanes[0], a.Lanes)] : aLanes);
        engine.PokeLanes("B", bLanes.Length == 1 ? [.. Enumerable.Repeat(bLanes[0], b.Lanes)] : bLanes);
        engine.Settle();
        return engine.PeekLanes("Y");
    }

    /// <summary>The same for scalars.</summary>
    public static BigInteger Evaluate(HdlType a, HdlType b, HdlType y, Func<Signal, Signal, Signal> body, BigInteger aValue, BigInteger bValue) =>
        Evaluate(a, b, y, body, [aValue], [bValue])[0];
}
