using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Fuzz.Designs;

/// <summary>
/// A random machine in the style of real ones: few types, so that registers copy, swap and shift each other; nested conditions and switches that
/// many registers share; memories that are read and written under different conditions; sometimes two clock domains that mix freely,
/// the second one with asynchronous reset.
/// </summary>
public sealed class RandomMachine(Random random) : RandomTop
{
    private const int Depth = 12;

    public readonly Signal Go = Input(Bit);
    public readonly Signal Mode = Input(UInt(2));
    public readonly Signal Byte = Input(UInt(8));
    public readonly Signal Row = Input(SInt(8).Lanes(32));
    public readonly Signal Sums = Input(SInt(32).Lanes(8));
    public readonly Signal State = Output(UInt(8));
    public readonly Signal Lanes = Output(SInt(8).Lanes(32));

    private readonly bool _twoClocks = random.Next(2) == 1;

    /// <summary>The design of a seed.</summary>
    public RandomMachine(int seed)
        : this(new Random(seed))
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Signal> Inputs => [Go, Mode, Byte, Row, Sums];

    /// <inheritdoc/>
    public override IReadOnlyList<Signal> Outputs => [State, Lanes];

    protected override void Build()
    {
        var bytes = Registers("unused_byte", UInt(8), 5);
        var rows = Registers("unused_row", SInt(8).Lanes(32), 6);
        var sums = Registers("unused_sum", SInt(32).Lanes(8), 4);
        var wides = Registers("unused_wide", UInt(256), 3);
        var memories = new[] { Hardware.Memory("rows0", SInt(8).Lanes(32), Depth, default, []), Hardware.Memory("rows1", SInt(8).Lanes(32), Depth, default, []) };
        var table = Hardware.Memory("table", UInt(8), Depth, default, []);

        Signal Address() => random.Next(3) == 0 ? Byte.Slice(0, 4) : Pick(bytes).Slice(0, 4);
        Signal Pick(Signal[] from) => from[random.Next(from.Length)];
        Signal Condition() => random.Next(6) switch
        {
            0 => Go,
            1 => Mode == random.Next(4),
            2 => Pick(bytes) < Pick(bytes),
            3 => Pick(rows).Lane(random.Next(32)) > 0,
            4 => Pick(wides)[random.Next(256)],
            _ => Pick(bytes)[0] & !Pick(bytes)[3],
        };
        Signal NextByte() => random.Next(5) switch
        {
            0 => Pick(bytes),
            1 => Pick(bytes).WrapAdd(random.Next(1, 9)),
            2 => table.Read(Address()),
            3 => Pick(wides).Slice(random.Next(248), 8),
            _ => Mux(Condition(), Pick(bytes), Byte),
        };
        Signal NextRow() => random.Next(10) switch
        {
            0 => Pick(rows),
            1 => Row,
            2 => Pick(rows).RotateLanes(random.Next(32)),
            3 => SignalLanes.JoinLanes(Pick(rows).LaneSlice(1, 31), Pick(rows).Lane(0)),
            4 => (Pick(rows) + Pick(rows)).Truncate(8),
            5 => memories[random.Next(2)].Read(Address()),
            6 => Mux(Condition(), Pick(rows), Pick(rows)),
            7 => Pick(wides).AsLanes(SInt(8).Lanes(32)),
            8 => Mux(Pick(rows) < Pick(rows), Pick(rows), Mux(Condition(), 0, Pick(rows))),
            _ => SignalLanes.JoinLanes([.. Enumerable.Range(0, 4).Select(_ => Pick(rows).SelectLanes(Pick(bytes), 8))]),
        };
        Signal NextSum() => random.Next(4) switch
        {
            0 => Pick(sums),
            1 => (Pick(sums) + (Pick(rows) * Row).SumLanes(4).Extend(32)).Truncate(32),
            2 => (Mux(Condition(), 0, Pick(sums)) - Sums).Truncate(32),
            _ => Pick(wides).AsLanes(SInt(32).Lanes(8)),
        };
        Signal NextWide() => random.Next(4) switch
        {
            0 => Pick(wides),
            1 => Pick(rows).AsBits(),
            2 => Cat(Pick(bytes), Pick(wides).Slice(8, 248)),
            _ => Pick(wides) ^ Pick(sums).AsBits(),
        };
        void Statement(int depth)
        {
            switch (random.Next(depth > 3 ? 8 : 12))
            {
                case 0 or 1:
                    Pick(bytes).Drive(NextByte());
                    break;
                case 2 or 3 or 4:
                    Pick(rows).Drive(NextRow());
                    break;
                case 5:
                    Pick(sums).Drive(NextSum());
                    break;
                case 6:
                    Pick(wides).Drive(NextWide());
                    break;
                case 7:
                    Write(memories[random.Next(2)], Address(), NextRow, table, NextByte);
                    break;
                case 8:
                    Switch(random.Next(2) == 0 ? Mode : Pick(bytes).Slice(0, 2), on =>
                    {
                        on.Case(0, () => Block(depth));
                        on.Case([1, 3], () => Block(depth));
                        if (random.Next(3) == 0)
                        {
                            on.Default(() => Block(depth));
                        }
                    });
                    break;
                default:
                    var chain = When(Condition(), () => Block(depth));
                    if (random.Next(2) == 0)
                    {
                        chain.ElseWhen(Condition(), () => Block(depth));
                    }

                    if (random.Next(3) == 0)
                    {
                        chain.Else(() => Block(depth));
                    }

                    break;
            }
        }

        void Block(int depth)
        {
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                Statement(depth + 1);
            }
        }

        // The language lets a register be driven unconditionally only once.
        When(Go | Byte[0], () =>
        {
            for (var i = random.Next(14); i >= 0; i--)
            {
                Statement(0);
            }
        });
        State.Drive(bytes[0] ^ memories[random.Next(2)].ReadSync(Address(), Condition()).Lane(3).AsUnsigned());
        Lanes.Drive(Mux(Condition(), rows[0], rows[1]));
    }

    private void Write(LoopLynx.Hdl.Memory rows, Signal address, Func<Signal> row, LoopLynx.Hdl.Memory table, Func<Signal> value)
    {
        if (random.Next(3) == 0)
        {
            table.Write(address, value());
        }
        else
        {
            rows.Write(address, row(), null, random.Next(3) == 0 ? row() > 0 : null);
        }
    }

    private Signal[] Registers(string name, HdlType type, int count)
    {
        Signal Make(int i) => random.Next(3) == 0
            ? Register(out _, type, name: $"{name}{i}")
            : Register(out _, type, RandomTypes.Value(random, type), name: $"{name}{i}");
        var registers = new Signal[count];
        for (var i = 0; i < count; i++)
        {
            if (_twoClocks && i % 2 == 1)
            {
                InDomain(new("aclk", "arst") { AsynchronousReset = true }, () => registers[i] = Make(i));
            }
            else
            {
                registers[i] = Make(i);
            }
        }

        return registers;
    }
}
