using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Sim.Layout;

namespace LoopLynx.Sim.Compiled.Lowering;

/// <summary>
/// Computes the registers of like instances, and the logic before them, as lanes of one value.
/// <code>
/// before: c0.n = mux(c0.push, c0.n + 1, c0.n); c1.n = mux(c1.push, c1.n + 1, c1.n); ...
/// after:  c.n = mux(c.push, c.n + 1, c.n), lanes c0, c1, ...
/// </code>
/// A scalar that others use too is taken out of its lane; lanes that aren't alike are gathered.
/// </summary>
internal sealed class LanePacker
{
    private readonly ValueTable _table = new(vectors: true);
    private readonly PackFinder _packs;
    private readonly Value?[] _scalars;
    private readonly Dictionary<Pack, Value> _values = [];

    private LanePacker(Lowered design, PackFinder packs)
    {
        _packs = packs;
        _scalars = new Value?[design.Values.Count];
    }

    /// <summary>The design with lanes instead of like scalars.</summary>
    public static Lowered Run(Lowered design, StateLayout layout, Miscompile planted)
    {
        var packs = PackFinder.Run(design, layout);
        return packs.Families.Count == 0 ? design : new LanePacker(design, packs).Rewrite(design, planted);
    }

    private Lowered Rewrite(Lowered design, Miscompile planted)
    {
        foreach (var value in design.Values)
        {
            Scalar(value);
        }

        var registers = new List<RegisterSink>();
        foreach (var (pack, family) in _packs.Families)
        {
            Value[] next = [.. family.Select(r => r.Next)];
            if (planted == Miscompile.Packing)
            {
                (next[0], next[1]) = (next[1], next[0]);
            }

            registers.Add(new RegisterSink(family[0].Register, Packed(pack), Lanes(next, broadcast: true)));
        }

        registers.AddRange(design.Registers.Where(r => _packs.Of(r.State) is null).Select(r => new RegisterSink(r.Register, Scalar(r.State), Scalar(r.Next))));
        return new Lowered(
            _table.All,
            registers,
            [.. design.Reads.Select(r => r with { State = Scalar(r.State), Address = Scalar(r.Address), Enable = r.Enable is null ? null : Scalar(r.Enable) })],
            [.. design.Writes.Select(w => w with { Address = Scalar(w.Address), Data = Scalar(w.Data), Enable = Scalar(w.Enable), Mask = w.Mask is null ? null : Scalar(w.Mask) })],
            [.. design.Outputs.Select(o => o with { Value = Scalar(o.Value) })],
            [.. design.Checks.Select(c => c with { When = [.. c.When.Select(Scalar)], Condition = Scalar(c.Condition) })]);
    }

    private Value Scalar(Value value) => _scalars[value.Id] ??= _packs.Of(value) is { } member
        ? _table.LaneMap(value.Type, Packed(member.Pack), [member.Lane])
        : Rebuild(value);

    private Value Rebuild(Value value)
    {
        Value[] x = [.. value.Operands.Select(Scalar)];
        return value.Kind switch
        {
            ValueKind.Constant => _table.Constant(value.Type, value.Integers),
            ValueKind.State => _table.State(value.Node!),
            ValueKind.ReadRow => _table.ReadRow(value.Memory!, x[0]),
            ValueKind.Slice => _table.Slice(value.Type, x[0], value.Parameter),
            ValueKind.Resize => _table.Resize(value.Type, x[0]),
            ValueKind.Mux => _table.Mux(value.Type, x[0], x[1], x[2]),
            ValueKind.Case => _table.Case(value.Type, x[0], x[1], value.Integers, x[2..]),
            ValueKind.Reduce => _table.Reduce(value.Type, value.Reduction, x[0], value.Parameter),
            ValueKind.LaneMap => _table.LaneMap(value.Type, x[0], value.Map),
            _ => _table.Operation(value.Kind, value.Type, x),
        };
    }

    private Value Packed(Pack pack)
    {
        if (!_values.TryGetValue(pack, out var value))
        {
            _values[pack] = value = Compute(pack);
        }

        return value;
    }

    private Value Compute(Pack pack)
    {
        var first = pack.Lanes[0];
        var type = first.Type.WithLanes(pack.Lanes.Length);
        switch (first.Kind)
        {
            case ValueKind.State:
                return _table.State(first.Node!, type);
            case ValueKind.LaneMap:
                return _table.LaneMap(type, Scalar(first.Operands[0]), [.. pack.Lanes.Select(l => l.Map[0])]);
            case ValueKind.Slice or ValueKind.Resize when Array.Exists(pack.Lanes, l => l.Parameter != first.Parameter):
                return Fields(pack, type);
        }

        // One operand at least has lanes: else the lanes would be one shared scalar.
        Value[] x = [.. pack.Operands.Select(o => Lanes(o, broadcast: false))];
        return first.Kind switch
        {
            ValueKind.Slice => _table.Slice(type, x[0], first.Parameter),
            ValueKind.Resize => _table.Resize(type, x[0]),
            ValueKind.Mux => Mux(type, x[0], x[1], x[2]),
            ValueKind.Case => Case(type, first, x),
            ValueKind.Concat => Concat(type, x),
            _ => _table.Operation(first.Kind, type, x),
        };
    }

    /// <summary>One scalar a lane as one value; equal ones may stay a scalar, which operations broadcast by themselves.</summary>
    private Value Lanes(Value[] lanes, bool broadcast)
    {
        var type = lanes[0].Type.WithLanes(lanes.Length);
        if (PackFinder.IsUniform(lanes))
        {
            return broadcast ? _table.Resize(type, Scalar(lanes[0])) : Scalar(lanes[0]);
        }

        if (Array.TrueForAll(lanes, l => l.Kind == ValueKind.Constant))
        {
            return _table.Constant(type, [.. lanes.Select(l => l.Integers[0])]);
        }

        if (_packs.Of(lanes) is { } pack)
        {
            return Packed(pack);
        }

        if (_packs.Of(lanes[0]) is { } one && Array.TrueForAll(lanes, l => _packs.Of(l)?.Pack == one.Pack))
        {
            return _table.LaneMap(type, Packed(one.Pack), [.. lanes.Select(l => _packs.Of(l)!.Value.Lane)]);
        }

        return _table.Operation(ValueKind.LaneConcat, type, [.. lanes.Select(Scalar)]);
    }

    // Lane i takes other bits than lane 0 does.
    private Value Fields(Pack pack, HdlType type)
    {
        var word = Lanes(pack.Operands[0], broadcast: true);
        var amounts = pack.Lanes.Select(l => new BigInteger(l.Parameter)).ToArray();
        var shifted = _table.Operation(ValueKind.ShiftRight, word.Type, word, _table.Constant(Hardware.UInt(8).WithLanes(type.Lanes), amounts));
        return _table.Resize(type, shifted);
    }

    // A multiplexer has the lanes of its data.
    private Value Mux(HdlType type, Value select, Value whenTrue, Value whenFalse) =>
        _table.Mux(type, select, _table.Resize(type, whenTrue), _table.Resize(type, whenFalse));

    private Value Case(HdlType type, Value first, Value[] x)
    {
        var result = x[1];
        for (var i = 0; i < first.Integers.Length; i++)
        {
            var hit = _table.Operation(ValueKind.Equal, Hardware.Bit.WithLanes(x[0].Type.Lanes), x[0], _table.Constant(x[0].Type, first.Integers[i]));
            result = Mux(type, hit, x[i + 2], result);
        }

        return _table.Resize(type, result);
    }

    private Value Concat(HdlType type, Value[] x)
    {
        var result = _table.Constant(type, BigInteger.Zero);
        var low = 0;
        foreach (var part in x.Reverse())
        {
            var bits = _table.Resize(type, _table.Resize(new HdlType(part.Type.Width, false).WithLanes(part.Type.Lanes), part));
            result = _table.Operation(ValueKind.Or, type, result, low == 0 ? bits : _table.Operation(ValueKind.ShiftLeft, type, bits, _table.Constant(Hardware.UInt(8), low)));
            low += part.Type.Width;
        }

        return result;
    }
}
