using System.Collections.Immutable;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Hdl.Passes;

namespace LoopLynx.Hdl.Coverage;

/// <summary>
/// Rising and falling bits of named registers and ports. A register tells by itself what it will be after the edge; a port needs a copy of its value at the edge before.
/// The lanes of a signal stay lanes, so that an engine computes them together; a bit is hit when it toggles in any lane.
/// <code>
/// r' = mux(enable, d, r)      rising' = mux(enable, rising | (d &amp; ~r), rising)      falling' = mux(enable, falling | (~d &amp; r), falling)
/// </code>
/// </summary>
internal sealed class TogglePoints(DefinitionCopy copy, ProbeRegisters registers, PointList points, IReadOnlyList<ClockDomain> clocks)
{
    // A next value of more choices than this is taken as a whole.
    private const int MaxLeaves = 8;

    private static readonly HdlType Bit = new(1, false);
    private readonly Dictionary<Node, IReadOnlyList<(RegisterNode Rising, RegisterNode Falling)>> _known = [];
    private readonly Dictionary<ClockDomain, RegisterNode> _seen = [];

    /// <summary>Finds the points of a definition.</summary>
    public void Find(Definition source)
    {
        foreach (var register in source.Registers.Where(r => r.Name is not null))
        {
            Add(register.Name!, register, register.Location);
        }

        foreach (var port in source.Ports)
        {
            Add(port.Name, port.Node, port.Node.Location);
        }
    }

    private void Add(string name, Node node, SourceLocation location)
    {
        var origin = copy.Map[node];
        while (origin is WireNode wire && wire.Value.Type == wire.Type)
        {
            origin = wire.Value;
        }

        if (origin is ConstNode)
        {
            return;
        }

        if (!_known.TryGetValue(origin, out var probes))
        {
            _known[origin] = probes = origin is RegisterNode register ? [OfRegister(register)] : [.. clocks.Select(clock => OfValue(origin, clock))];
        }

        points.Add(CoverageKind.Toggle, $"{name} rising", location, [.. probes.Select(p => p.Rising)]);
        points.Add(CoverageKind.Toggle, $"{name} falling", location, [.. probes.Select(p => p.Falling)]);
    }

    private (RegisterNode Rising, RegisterNode Falling) OfRegister(RegisterNode register)
    {
        var next = Leaves(register.Next) <= MaxLeaves ? register.Next : null;
        RegisterNode Probe(bool rising) => registers.Add(register.Type, register.Domain, hasReset: true,
            probe => next is null ? Gain(probe, register, register.Next, rising) : Mirror(next, register, probe, rising));
        return (Probe(true), Probe(false));
    }

    private (RegisterNode Rising, RegisterNode Falling) OfValue(Node value, ClockDomain clock)
    {
        var before = registers.Add(value.Type, clock, hasReset: false, _ => value);
        if (!_seen.TryGetValue(clock, out var seen))
        {
            _seen[clock] = seen = registers.Add(Bit, clock, hasReset: false, _ => copy.Arena.Const(Bit, 1));
        }

        RegisterNode Probe(bool rising) => registers.Add(value.Type, clock, hasReset: true,
            probe => copy.Arena.Mux(value.Type, seen, Gain(probe, before, value, rising), probe));
        return (Probe(true), Probe(false));
    }

    // The same choices as the register's own: where it holds, so does the probe.
    private Node Mirror(Node next, RegisterNode register, RegisterNode probe, bool rising) => next switch
    {
        _ when ReferenceEquals(next, register) => probe,
        MuxNode { Operands: [{ Type.Lanes: 1 } select, var whenTrue, var whenFalse] } =>
            copy.Arena.Mux(probe.Type, select, Mirror(whenTrue, register, probe, rising), Mirror(whenFalse, register, probe, rising)),
        CaseNode { Operands: [var selector, var otherwise, .. var arms] } choice => copy.Arena.Case(probe.Type, selector, Mirror(otherwise, register, probe, rising),
            choice.Keys, [.. arms.Select(arm => Mirror(arm, register, probe, rising))]),
        _ => Gain(probe, register, next, rising),
    };

    private Node Gain(RegisterNode probe, Node before, Node after, bool rising)
    {
        var type = probe.Type;
        var (was, isNow) = rising ? (Not(before), after) : (before, Not(after));
        return copy.Arena.Binary(type, BinaryOp.Or, probe, copy.Arena.Binary(type, BinaryOp.And, isNow, was));
    }

    private Node Not(Node value) => copy.Arena.Unary(value.Type, UnaryOp.Not, value);

    private static int Leaves(Node next) => next switch
    {
        MuxNode { Operands: [{ Type.Lanes: 1 }, var whenTrue, var whenFalse] } => Leaves(whenTrue) + Leaves(whenFalse),
        CaseNode { Operands: [_, .. var arms] } => arms.Sum(Leaves),
        _ => 1,
    };
}
