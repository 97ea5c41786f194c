using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Fuzz.Designs;

/// <summary>One random operation on values of a pool.</summary>
public static class RandomExpression
{
    private const int MaxLanes = 100;

    /// <summary>Makes a value; <paramref name="step"/> numbers the names.</summary>
    public static Signal Create(Random random, SignalPool pool, int step)
    {
        var a = pool.Pick();
        return random.Next(24) switch
        {
            0 => a + pool.PickLike(a),
            1 => a - pool.PickLike(a),
            2 => (a.Width > 100 ? a.Truncate(100) : a) * pool.PickLike(a),
            3 => Bitwise(random, a, pool.PickLike(a)),
            4 => Compare(random, a, pool.PickLike(a)),
            5 => random.Next(2) == 0 ? ~a : -a,
            6 => random.Next(2) == 0 ? a << random.Next(1, 20) : a >> random.Next(1, a.Width + 3),
            7 => a.ShiftRight(Amount(random, pool, a)),
            8 => a.ShiftLeft(Amount(random, pool, a), random.Next(1, 150)),
            9 => Mux(pool.PickBit(), a, pool.PickLike(a)),
            10 => LaneMux(pool, a),
            11 => Choice(random, pool, a.Type, step),
            12 => Cat([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => pool.Pick().Lane(0))]),
            13 => Slice(random, a),
            14 => Resize(random, a),
            15 => Reduce(random, a),
            16 => a.LaneMap(Enumerable.Range(0, random.Next(1, MaxLanes)).Select(_ => random.Next(a.Lanes))),
            17 => a.Lanes > MaxLanes / 2 ? a.RotateLanes(random.Next(a.Lanes)) : SignalLanes.JoinLanes(a, pool.PickAs(a.Type), a.Lane(0)),
            18 => SelectLanes(random, pool, a),
            19 => Reinterpret(random, a),
            20 => random.Next(2) == 0 ? a.Registered(random.Next(2) == 0 ? pool.PickBit() : null) : a.RegisteredReset(0, pool.PickBit()),
            21 => a.Named($"named{step}"),
            22 => Table(random, pool, step),
            _ => Conditional(pool, a.Type, step),
        };
    }

    private static Signal Bitwise(Random random, Signal a, Signal b) => random.Next(3) switch
    {
        0 => a & b,
        1 => a | b,
        _ => a ^ b,
    };

    private static Signal Compare(Random random, Signal a, Signal b) => random.Next(5) switch
    {
        0 => a == b,
        1 => a != b,
        2 => a < b,
        3 => a <= b,
        _ => a > b,
    };

    private static Signal Amount(Random random, SignalPool pool, Signal a) =>
        pool.PickAs(new HdlType(random.Next(8) == 0 ? 70 : random.Next(1, 9), false, random.Next(2) == 0 ? 1 : a.Lanes));

    private static Signal LaneMux(SignalPool pool, Signal a) =>
        Mux(pool.PickAs(Bit * a.Lanes), a, pool.PickAs(a.Type));

    private static Signal Choice(Random random, SignalPool pool, HdlType type, int step)
    {
        var selector = pool.PickAs(new HdlType(random.Next(2, 6), random.Next(4) == 0));
        var keys = Enumerable.Range(0, 3).Select(_ => RandomTypes.Value(random, selector.Type)).Distinct().ToList();
        Wire(out var choice, type, $"choice{step}");
        Switch(selector, on =>
        {
            foreach (var key in keys)
            {
                on.Case(key, () => choice.Drive(pool.PickAs(type)));
            }

            on.Default(() => choice.Drive(pool.PickAs(type)));
        });
        return choice;
    }

    private static Signal Conditional(SignalPool pool, HdlType type, int step)
    {
        Wire(out var wire, type, $"conditional{step}");
        wire.Drive(pool.PickAs(type));
        When(pool.PickBit(), () => wire.Drive(pool.PickAs(type)))
            .ElseWhen(pool.PickBit(), () => wire.Drive(pool.PickAs(type)))
            .Else(() => When(pool.PickBit(), () => wire.Drive(pool.PickAs(type))));
        return wire;
    }

    private static Signal Slice(Random random, Signal a)
    {
        var low = random.Next(a.Width);
        return a.Slice(low, random.Next(1, a.Width - low + 1));
    }

    private static Signal Resize(Random random, Signal a) => random.Next(6) switch
    {
        0 => a.Truncate(random.Next(1, a.Width + 1)),
        1 => a.Extend(a.Width + random.Next(1, 70)),
        2 => a.AsSigned(),
        3 => a.AsUnsigned(),
        4 => a.Saturate(random.Next(1, a.Width + 1)),
        _ => a.RoundShift(random.Next(1, a.Width + 1)),
    };

    private static Signal Reduce(Random random, Signal a)
    {
        var group = Divisor(random, a.Lanes);
        return random.Next(6) switch
        {
            0 => a.SumLanes(group),
            1 => a.MaxLanes(group),
            2 => a.MinLanes(group),
            3 => a.AnyLane(),
            4 => a.AllLanes(),
            _ => a.XorLanes(),
        };
    }

    private static Signal SelectLanes(Random random, SignalPool pool, Signal a) =>
        a.SelectLanes(pool.PickAs(UInt(random.Next(8) == 0 ? 70 : random.Next(1, 8))), Divisor(random, a.Lanes));

    private static Signal Reinterpret(Random random, Signal a)
    {
        var divisors = Enumerable.Range(1, MaxLanes).Where(lanes => a.Type.Bits % lanes == 0).ToList();
        var lanes = divisors[random.Next(divisors.Count)];
        return a.AsLanes(new HdlType(a.Type.Bits / lanes, random.Next(2) == 0, lanes));
    }

    private static Signal Table(Random random, SignalPool pool, int step)
    {
        var type = RandomTypes.Next(random);
        var depth = random.Next(1, 20);
        var initial = Enumerable.Range(0, random.Next(depth + 1))
            .Select(_ => Enumerable.Range(0, type.Lanes).Select(_ => RandomTypes.Value(random, type)).ToImmutableArray())
            .ToImmutableArray();
        var table = Hardware.Memory($"table{step}", type, depth, (MemoryStyle)random.Next(4), initial);
        for (var port = random.Next(3); port > 0; port--)
        {
            table.Write(pool.PickAs(UInt(5)), pool.PickAs(type), pool.PickBit(), random.Next(2) == 0 ? pool.PickAs(Bit * type.Lanes) : null);
        }

        if (random.Next(4) == 3)
        {
            pool.Add(ReadPort(random, pool, table));
        }

        return ReadPort(random, pool, table);
    }

    // Asynchronous, read first, and write first; an address may be past the end.
    private static Signal ReadPort(Random random, SignalPool pool, LoopLynx.Hdl.Memory table) => random.Next(3) switch
    {
        0 => table.Read(pool.PickAs(UInt(5))),
        1 => table.ReadSync(pool.PickAs(UInt(5)), random.Next(2) == 0 ? pool.PickBit() : null),
        _ => table.ReadSyncNew(pool.PickAs(UInt(5)), random.Next(2) == 0 ? null : pool.PickBit()),
    };

    private static int Divisor(Random random, int lanes)
    {
        var divisors = Enumerable.Range(1, lanes).Where(divisor => lanes % divisor == 0).ToList();
        return divisors[random.Next(divisors.Count)];
    }
}
