using System.Collections.Immutable;
using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Gen.Tests.Designs;

/// <summary>A module of random operations over random types, everything visible at an output.</summary>
internal sealed class RandomModule(int seed) : Module
{
    private readonly Random _random = new(seed);
    private readonly List<Signal> _pool = [];

    public readonly Signal A = Input(Bit);
    public readonly Signal B = Input(Type(seed * 4));
    public readonly Signal C = Input(Type((seed * 4) + 1));
    public readonly Signal D = Input(Type((seed * 4) + 2));
    public readonly Signal E = Input(Type((seed * 4) + 3));
    public readonly Signal Index = Input(UInt(3));
    public readonly Signal Digest = Output(UInt(96));
    public readonly Signal Wide = Output(UInt(200));

    public override string Summary => $"random operations, seed {seed}";

    protected override void Build()
    {
        _pool.AddRange([A, B, C, D, E, Index]);
        for (var step = 0; step < 40; step++)
        {
            var value = Step(step);
            if (value.Type.Bits <= 4000)
            {
                _pool.Add(_random.Next(5) == 0 ? value.Named($"named_{step}") : value);
            }
        }

        var digest = Const(UInt(96), 0);
        foreach (var signal in _pool)
        {
            var bits = signal.AsBits();
            for (var low = 0; low < bits.Width; low += 96)
            {
                digest = ((digest << 1).Truncate(96) | digest[95].Extend(96)) ^ bits.Slice(low, Math.Min(96, bits.Width - low)).Extend(96);
            }

            digest = digest.Named($"digest_{_pool.IndexOf(signal)}");
        }

        Digest.Drive(digest);
        Wide.Drive(Fit(Pick(), UInt(200)));
    }

    private static HdlType Type(int seed)
    {
        var random = new Random(seed);
        var width = random.Next(8) switch { 0 => 1, 1 => 8, 2 => 33, 3 => 1 + random.Next(100), _ => 1 + random.Next(20) };
        var lanes = random.Next(5) switch { 0 => 4, 1 => 3, 2 => 1 + random.Next(9), _ => 1 };
        return new(width, random.Next(2) == 0, lanes);
    }

    private Signal Pick() => _pool[_random.Next(_pool.Count)];

    private Signal Scalar() => Pick() is var s && s.Lanes > 1 ? s.Lane(_random.Next(s.Lanes)) : s;

    private Signal Condition() => Scalar() is var s && _random.Next(2) == 0 ? s.AsUnsigned()[_random.Next(s.Width)] : s != 0;

    private static Signal Signed(Signal s, bool signed) => s.Type.Signed == signed ? s : signed ? s.AsSigned() : s.AsUnsigned();

    /// <summary>Any signal, made to have a type.</summary>
    private static Signal Fit(Signal s, HdlType type)
    {
        var sized = s.Width > type.Width ? s.Truncate(type.Width) : s.Extend(type.Width);
        var lanes = sized.Lanes == type.Lanes ? sized : sized.LaneMap(Enumerable.Range(0, type.Lanes).Select(i => i % sized.Lanes));
        return Signed(lanes, type.Signed);
    }

    private (Signal A, Signal B) Pair()
    {
        var (a, b) = (Pick(), Pick());
        b = Signed(b, a.Type.Signed);
        return (a, b.Lanes == a.Lanes || b.Lanes == 1 || a.Lanes == 1 ? b : b.Lane(0));
    }

    private Signal Step(int step)
    {
        var (a, b) = Pair();
        var s = Pick();
        switch (_random.Next(26))
        {
            case 0: return a + b;
            case 1: return a - b;
            case 2: return a.Width + b.Width > 220 ? a ^ b : a * b;
            case 3: return _random.Next(2) == 0 ? a & b : a | b;
            case 4: return _random.Next(2) == 0 ? a ^ b : ~a;
            case 5: return _random.Next(2) == 0 ? a == b : a != b;
            case 6: return _random.Next(2) == 0 ? a < b : a <= b;
            case 7: return a < Const(a.Type.WithLanes(1), a.Type.Wrap(_random.Next(20) - 10));
            case 8: return s.Slice(_random.Next(s.Width), 1);
            case 9: return s.Slice(s.Width / 3, Math.Max(1, s.Width / 3));
            case 10: return (a + b).Truncate(Math.Max(1, a.Width - 1));
            case 11: return s.Width > 150 ? s : s.Extend(s.Width + 1 + _random.Next(9));
            case 12: return _random.Next(2) == 0 ? s.Width > 150 ? s : s << _random.Next(9) : s >> _random.Next(s.Width + 3);
            case 13: return _random.Next(2) == 0 ? s.ShiftLeft(Amount(), s.Width + 3) : s.ShiftRight(Amount());
            case 14: return Mux(Condition(), Fit(a, s.Type), s);
            case 15: return Mux(Fit(Pick(), new HdlType(1, false, s.Lanes)), s, Fit(a, s.Type));
            case 16: return Cat(Scalar(), Scalar().AsUnsigned(), Condition());
            case 17: return s.LaneMap(LaneOrder(s.Lanes));
            case 18: return Reduce(s);
            case 19: return s.Lanes > 1 ? s.SelectLanes(Fit(Scalar(), UInt(1 + _random.Next(4))), s.Lanes % 2 == 0 ? s.Lanes / 2 : 1) : s.Lane(0);
            case 20: return Regroup(s.AsBits());
            case 21: return SignalLanes.JoinLanes(s, Fit(a, s.Type));
            case 22: return State(step, s, a);
            case 23: return Choice(step, s);
            case 24: return Storage(step, s, a);
            default: return Constant(s.Type);
        }
    }

    /// <summary>Few lanes, because Icarus passes every lane of a chain of part assignments on by itself.</summary>
    private Signal Regroup(Signal bits)
    {
        var lanes = bits.Width % 3 == 0 ? 3 : bits.Width % 4 == 0 ? 4 : 1;
        return bits.AsLanes(new HdlType(bits.Width / lanes, _random.Next(2) == 0, lanes));
    }

    private Signal Amount() => Fit(Scalar(), UInt(_random.Next(4) == 0 ? 40 : 1 + _random.Next(8)));

    private Signal Constant(HdlType type)
    {
        var one = type.Wrap(_random.Next(1000) - 500);
        return Const(type, _random.Next(2) == 0 ? [one] : [.. Enumerable.Range(0, type.Lanes).Select(i => type.Wrap(_random.Next(100) - i))]);
    }

    private IEnumerable<int> LaneOrder(int lanes) => _random.Next(7) switch
    {
        0 => Enumerable.Range(0, lanes).Reverse(),
        1 => Enumerable.Range(0, lanes).Select(i => (i + 1) % lanes),
        2 => Enumerable.Range(0, lanes * 2).Select(i => i / 2),
        3 => Enumerable.Range(0, lanes * 3).Select(i => i % lanes),
        4 => Enumerable.Range(0, (lanes + 1) / 2).Select(i => i * 2),
        5 => Enumerable.Range(lanes / 2, lanes - (lanes / 2)),
        _ => [.. Enumerable.Range(0, 1 + _random.Next(12)).Select(_ => _random.Next(lanes))],
    };

    private Signal Reduce(Signal s)
    {
        var divisors = Enumerable.Range(1, s.Lanes).Where(g => s.Lanes % g == 0).ToArray();
        var group = divisors[_random.Next(divisors.Length)];
        return _random.Next(6) switch
        {
            0 => s.MaxLanes(group),
            1 => s.MinLanes(group),
            2 => s.AnyLane(),
            3 => s.AllLanes(),
            4 => s.XorLanes(),
            _ => s.Width > 150 ? s.MaxLanes(group) : s.SumLanes(group),
        };
    }

    private Signal State(int step, Signal s, Signal a)
    {
        var register = _random.Next(2) == 0
            ? Register(out _, s.Type, s.Type.Wrap(_random.Next(9) - 4), $"state_{step}")
            : Register(out _, s.Type, $"state_{step}");
        if (_random.Next(3) == 0)
        {
            register.Drive(s);
            return register;
        }

        When(Condition(), () => register.Drive(Fit(a, s.Type)))
            .ElseWhen(Condition(), () => When(Condition(), () => register.Drive(s)).Else(() => register.Drive(Fit(Pick(), s.Type))));
        if (_random.Next(2) == 0)
        {
            When(Condition(), () => register.Drive((register + Fit(s, s.Type)).Truncate(s.Width)));
        }

        return register;
    }

    private Signal Choice(int step, Signal s)
    {
        var wire = Wire(out _, s.Type, $"choice_{step}");
        var other = Wire(out _, Bit, $"other_{step}");
        wire.Drive(s);
        other.Drive(0);
        Switch(Index, arms =>
        {
            arms.Case(0, () => wire.Drive(Fit(Pick(), s.Type)));
            arms.Case([1, 2], () =>
            {
                wire.Drive(Fit(Pick(), s.Type));
                other.Drive(1);
            });
            arms.Case(5, () => When(Condition(), () => other.Drive(Condition())));
        });
        When(other, () => wire.Drive(Fit(Pick(), s.Type)));
        _pool.Add(other);
        return wire;
    }

    private Signal Storage(int step, Signal s, Signal a)
    {
        var depth = 1 + _random.Next(20);
        ImmutableArray<ImmutableArray<BigInteger>> rows = _random.Next(2) == 0 ? []
            : [.. Enumerable.Range(0, _random.Next(depth + 1)).Select(_ => Enumerable.Range(0, s.Lanes).Select(_ => s.Type.Wrap(_random.Next(50))).ToImmutableArray())];
        var memory = Memory($"mem_{step}", s.Type, depth, (MemoryStyle)_random.Next(4), rows);
        var bits = Math.Max(1, memory.AddressBits + _random.Next(-1, 3));
        for (var port = _random.Next(3); port > 0; port--)
        {
            var mask = _random.Next(2) == 0 ? null : Fit(Pick(), new HdlType(1, false, s.Lanes));
            memory.Write(Fit(Scalar(), UInt(bits)), Fit(a, s.Type), _random.Next(3) == 0 ? null : Condition(), mask);
        }

        var address = Fit(Scalar(), UInt(bits));
        return _random.Next(3) switch
        {
            0 => memory.Read(address),
            1 => memory.ReadSync(address),
            _ => memory.ReadSync(address, Condition()),
        };
    }
}
