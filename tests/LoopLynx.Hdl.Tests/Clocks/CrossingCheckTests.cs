using LoopLynx.Hdl.Checks;
using LoopLynx.Hdl.Netlist;

namespace LoopLynx.Hdl.Tests.Clocks;

/// <summary>Whatever samples another clock without a library part is found, wherever it hides, and named with both sides and the way.</summary>
public class CrossingCheckTests
{
    private static readonly ClockDomain Other = new("other", "other_rst");
    private static readonly ClockDomain Third = new("third", "third_rst");

    public static TheoryData<string, string> Bad => new()
    {
        { "register", "register 'late' of clock 'other' samples register 'count' of clock 'clk': count -> late" },
        { "logic", "register 'late' of clock 'other' samples register 'count' of clock 'clk': count -> sum -> late" },
        { "enable", "register 'late' of clock 'other' samples register 'count' of clock 'clk': count -> late" },
        { "assertion", "assertion 'assert_0' of clock 'other' samples register 'count' of clock 'clk': count -> assert_0" },
        { "write data", "write port of memory 'rows' of clock 'other' samples register 'count' of clock 'clk': count -> rows_write -> rows" },
        { "write address", "write port of memory 'rows' of clock 'other' samples register 'count' of clock 'clk': count -> rows" },
        { "write mask", "write port of memory 'rows' of clock 'other' samples register 'count' of clock 'clk': count -> pair -> rows" },
        { "read address", "read port 'rows_read' of clock 'other' samples register 'count' of clock 'clk': count -> rows_read" },
        { "read enable", "read port 'rows_read' of clock 'other' samples register 'count' of clock 'clk': count -> rows_read" },
        { "rows, synchronous", "read port 'rows_read' of clock 'other' samples memory 'rows' of clock 'clk': rows -> rows_read" },
        { "rows, asynchronous", "register 'late' of clock 'other' samples memory 'rows' of clock 'clk': rows -> rows_read -> late" },
        { "read port", "register 'late' of clock 'other' samples read port 'rows_read' of clock 'clk': rows_read -> late" },
        { "Gray pointer by hand", "register 'late' of clock 'other' samples register 'gray' of clock 'clk': gray -> late" },
        { "third clock after a synchroniser", "register 'late' of clock 'third' samples register 'sync2' of clock 'other': sync2 -> late" },
        { "after a FIFO, wrong side", "register 'late' of clock 'clk' samples register 'crossing.head_gray' of clock 'other': crossing.head_gray -> crossing.Pop_valid -> late" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_crossing_without_a_part_is_found(string kind, string message) => Assert.Equal([message], Messages(new BadModule(kind)));

    [Fact]
    public void A_crossing_between_instances_is_found_in_their_parent()
    {
        var diagnostic = Assert.Single(Diagnostics(new Parent(1, pass: false)));
        Assert.Equal("register 'reader0.late' of clock 'other' samples register 'counter.count' of clock 'clk': counter.count -> counter.Count -> reader0.In -> reader0.late", diagnostic.Message);
        Assert.Equal("Parent", diagnostic.Module);
        Assert.Equal("CrossingCheckTests.cs", diagnostic.Location.ShortFile);
        Assert.Equal("register 'counter.count' of clock 'clk'", Assert.Single(diagnostic.Related).What);
        Assert.Contains("CrossByHandshake", diagnostic.Help);
    }

    [Fact]
    public void A_crossing_through_logic_of_an_instance_and_into_an_array_of_them_is_found_for_each() =>
        Assert.Equal([
            "register 'reader0.late' of clock 'other' samples register 'counter.count' of clock 'clk': counter.count -> counter.Count -> pass.A -> pass.Y -> reader0.In -> reader0.late",
            "register 'reader1.late' of clock 'other' samples register 'counter.count' of clock 'clk': counter.count -> counter.Count -> pass.A -> pass.Y -> reader1.In -> reader1.late"],
            Messages(new Parent(2, pass: true)));

    [Fact]
    public void Lanes_of_another_clock_are_found_among_others() =>
        Assert.Equal(["register 'late' of clock 'other' samples register 'foreign' of clock 'clk': foreign -> joined -> late"], Messages(new BadLanes()));

    [Fact]
    public void Logic_before_a_synchroniser_is_found_through_instances()
    {
        var diagnostic = Assert.Single(Diagnostics(new SynchroniserBehindLogic(inverted: false)));
        Assert.Equal("HDL0209", diagnostic.Code);
        Assert.Equal("logic lies between register 'a' of clock 'clk' and the synchroniser 'child.sync1' of clock 'other': a -> child.In -> child.sync1", diagnostic.Message);
        Assert.Empty(Diagnostics(new SynchroniserBehindLogic(inverted: true)));
    }

    [Fact]
    public void Library_parts_may_cross() => Elaborator.Elaborate(new CrossingModule());

    [Fact]
    public void Domains_of_one_clock_are_no_crossing() => Elaborator.Elaborate(new BadModule("register", new ClockDomain("clk", "soft_rst")));

    [Fact]
    public void An_input_may_go_to_one_clock_and_through_synchronisers_to_others() => Elaborator.Elaborate(new SharedInput());

    [Fact]
    public void The_clocks_of_ports_follow_from_the_netlist()
    {
        var clocks = PortClocks.Of(Elaborator.Elaborate(new CrossingModule()));
        Assert.Equal(["from_clk"], clocks["FifoIn_data"]);
        Assert.Equal(["from_clk"], clocks["FifoIn_ready"]);
        Assert.Equal(["to_clk"], clocks["FifoOut_valid"]);
        Assert.Equal(["to_clk"], clocks["FifoOut_ready"]);
        Assert.Equal(["to_clk"], clocks["HandOut_First"]);
    }

    [Fact]
    public void The_text_of_a_netlist_shows_kinds_of_crossings_and_resets()
    {
        var text = NetlistText.Of(Elaborator.Elaborate(new CrossingModule()));
        Assert.Contains("register to_clk:to_rst:async (synchroniser) [0] reset", text);
        Assert.Contains("register from_clk:from_rst (stage) [0] reset", text);
        Assert.Contains("register to_clk:to_rst:async (held) [0 0 0]", text);
        Assert.Contains("read rows_data (held to_clk:to_rst:async)", text);
    }

    private static string[] Messages(Module top) => [.. Diagnostics(top).Select(d => d.Message)];

    private static IReadOnlyList<Diagnostic> Diagnostics(Module top) =>
        Record.Exception(() => Elaborator.Elaborate(top)) is DesignException mistakes ? mistakes.Diagnostics : [];

    private sealed class BadModule(string kind, ClockDomain? other = null) : Module
    {
        private readonly ClockDomain _other = other ?? Other;

        public readonly Signal A = Input(UInt(4));
        public readonly StreamIn<Signal> Words = In(UInt(4));
        public readonly Signal Y = Output(UInt(4));

        protected override void Build()
        {
            Words.Ready.Drive(1);
            Register(out var count, UInt(4), reset: 0);
            count.Drive(A);
            Y.Drive(count);
            Memory(out var rows, UInt(4) * 2, depth: 16);
            Let(out var pair, count.Broadcast(2));
            switch (kind)
            {
                case "register": Late(_other, () => count); break;
                case "logic":
                    Let(out var sum, count + 1);
                    Late(_other, () => sum.Truncate(4));
                    break;
                case "enable": InDomain(_other, () => Observe(Const(UInt(4), 3).Registered(count[0], "late"))); break;
                case "assertion": InDomain(_other, () => Hardware.Assert(count != 3, "never")); break;
                case "write data": InDomain(_other, () => rows.Write(Const(UInt(4), 0), count.Broadcast(2))); break;
                case "write address": InDomain(_other, () => rows.Write(count, Const(UInt(4) * 2, 1))); break;
                case "write mask": InDomain(_other, () => rows.Write(Const(UInt(4), 0), Const(UInt(4) * 2, 1), mask: pair > 2)); break;
                case "read address": InDomain(_other, () => Observe(rows.ReadSync(count).Lane(0))); break;
                case "read enable": InDomain(_other, () => Observe(rows.ReadSync(Const(UInt(4), 1), count[0]).Lane(0))); break;
                case "rows, synchronous":
                    rows.Write(count, pair);
                    InDomain(_other, () => Observe(rows.ReadSync(Const(UInt(4), 1)).Lane(0)));
                    break;
                case "rows, asynchronous":
                    rows.Write(count, pair);
                    Late(_other, () => rows.Read(Const(UInt(4), 1)).Lane(0));
                    break;
                case "read port":
                    var read = rows.ReadSync(count).Lane(0);
                    Late(_other, () => read);
                    break;
                case "Gray pointer by hand":
                    Register(out var gray, UInt(4), reset: 0);
                    gray.Drive(count ^ (count >> 1));
                    Late(_other, () => gray);
                    break;
                case "third clock after a synchroniser":
                    Register(out var flag, Bit, reset: 0);
                    flag.Drive(count[0]);
                    var synchronised = flag.Synchronise(_other);
                    Late(Third, () => synchronised.Extend(4));
                    break;
                case "after a FIFO, wrong side":
                    Register(out var busy, Bit, reset: 0);
                    var crossed = StreamSources.Of(busy, count, Wire(out _, Bit, "ready")).Cross(_other);
                    busy.Drive(A[0]);
                    crossed.Ready.Drive(1);
                    Late(ClockDomain.Default, () => crossed.Valid.Extend(4));
                    break;
                default: throw new ArgumentOutOfRangeException(kind);
            }
        }

        private static void Late(ClockDomain domain, Func<Signal> value) => InDomain(domain, () =>
        {
            Register(out var late, UInt(4), reset: 0);
            late.Drive(value());
            Observe(late);
        });

        // Something of the same clock reads it.
        private static void Observe(Signal value) => Cover(value != 0, "not zero");
    }

    private sealed class Counter : Module
    {
        public readonly Signal Count = Output(UInt(4));

        protected override void Build()
        {
            Register(out var count, UInt(4), reset: 0);
            count.Drive(count.WrapAdd(1));
            Count.Drive(count);
        }
    }

    private sealed class Reader : Module
    {
        public readonly Signal In = Input(UInt(4));
        public readonly Signal Y = Output(UInt(4));

        protected override void Build() => InDomain(Other, () =>
        {
            Register(out var late, UInt(4));
            late.Drive(In);
            Y.Drive(late);
        });
    }

    private sealed class Increment : Module
    {
        public readonly Signal A = Input(UInt(4));
        public readonly Signal Y = Output(UInt(4));

        protected override void Build() => Y.Drive(A.WrapAdd(1));
    }

    private sealed class Parent(int readers, bool pass) : Module
    {
        public readonly Signal[] Y = [.. Enumerable.Range(0, readers).Select(i => Output(UInt(4), $"Y{i}"))];

        protected override void Build()
        {
            Instance(out var counter, new Counter());
            var value = counter.Count;
            if (pass)
            {
                var increment = Instance(new Increment(), "pass");
                increment.A.Drive(value);
                value = increment.Y;
            }

            foreach (var (reader, y) in Instances(readers, _ => new Reader(), "reader").Zip(Y))
            {
                reader.In.Drive(value);
                y.Drive(reader.Y);
            }
        }
    }

    private sealed class BadLanes : Module
    {
        public readonly Signal Y = Output(UInt(4) * 4);

        protected override void Build()
        {
            Register(out var foreign, UInt(4), reset: 0);
            foreign.Drive(foreign.WrapAdd(1));
            InDomain(Other, () =>
            {
                Register(out var own, UInt(4) * 3, reset: 0);
                own.Drive(own.RotateLanes(1));
                Let(out var joined, SignalLanes.JoinLanes(own, foreign));
                Register(out var late, UInt(4) * 4, reset: 0);
                late.Drive(joined);
                Y.Drive(late);
            });
        }
    }

    private sealed class Receiver : Module
    {
        public readonly Signal In = Input(Bit);
        public readonly Signal Y = Output(Bit);

        protected override void Build() => Y.Drive(In.Synchronise(Other));
    }

    private sealed class SynchroniserBehindLogic(bool inverted) : Module
    {
        public readonly Signal A = Input(Bit);
        public readonly Signal Y = Output(Bit);

        protected override void Build()
        {
            Register(out var a, Bit, reset: 0);
            a.Drive(A);
            Instance(out var child, new Receiver());
            child.In.Drive(inverted ? !a : a & A);
            Y.Drive(child.Y);
        }
    }

    private sealed class SharedInput : Module
    {
        public readonly Signal A = Input(Bit);
        public readonly Signal Y = Output(Bit);
        public readonly Signal Z = Output(Bit);

        protected override void Build()
        {
            Y.Drive(A.Registered());
            Z.Drive(A.Synchronise(Other));
        }
    }
}
