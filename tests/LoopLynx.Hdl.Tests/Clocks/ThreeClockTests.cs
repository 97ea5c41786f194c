using System.Numerics;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Clocks;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Clocks;

/// <summary>Edges of several clocks at one moment are one step on every engine: nobody sees what another of them writes.</summary>
public class ThreeClockTests
{
    private static readonly ClockDomain A = new("a", "ra");
    private static readonly ClockDomain B = new("b", "rb");
    private static readonly ClockDomain C = new("c", "rc");
    private static readonly Design Top = Elaborator.Elaborate(new Ring());

    [Theory, EveryEngine]
    public void Edges_of_some_clocks_at_one_moment_are_one_step(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, Top);
        // Synchronisers of two registers: a value goes round in steps, and a second edge too early would carry it a register too far.
        var model = new Model();
        var random = new Random(3);
        ClockDomain[][] moments = [[A], [B], [C], [A, B], [B, C], [C, A], [A, B, C]];
        for (var i = 0; i < 400; i++)
        {
            var moment = moments[random.Next(moments.Length)];
            engine.Tick(moment);
            model.Tick(moment);
            engine.Settle();
            Assert.Equal(model.Outputs, [engine.Peek("YA"), engine.Peek("YB"), engine.Peek("YC")]);
        }

        Assert.Equal(400, engine.Cycle);
        Assert.Throws<SimulationException>(() => engine.Tick([A, new ClockDomain("d", "rd")]));
    }

    [Fact]
    public void A_schedule_is_exact_and_edges_at_one_time_are_one_moment()
    {
        var schedule = new ClockSchedule(new(A, 3), new(B, 7, 2), new(C, 6));
        var moments = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            moments.Add($"{schedule.NextTime}{string.Concat(schedule.Next.Select(d => d.Clock))}");
            schedule.Advance();
        }

        Assert.Equal("3a 6ac 9ab 12ac 15a 16b 18ac 21a 23b 24ac 27a 30abc", string.Join(' ', moments));
        Assert.Equal(30, schedule.Time);
    }

    [Fact]
    public void A_scheduled_engine_runs_to_an_edge_or_a_time()
    {
        using var engine = new ScheduledEngine(new InterpretedEngine(Top), new ClockSchedule(new(A, 1000), new(B, 2500), new(C, 9000, 100)));
        engine.Tick(B);
        Assert.Equal((2500, 3), (engine.Schedule.Time, engine.Cycle));
        engine.RunTo(9100);
        Assert.Equal(9100, engine.Schedule.Time);
        Assert.Equal(C, Assert.Single(new ClockSchedule(new ClockTiming(C, 2)).Next));
    }

    [Fact]
    public void Schedules_that_can_not_be_are_refused()
    {
        Assert.Contains("period 1 ps", Assert.Throws<SimulationException>(() => new ClockSchedule(new ClockTiming(A, 1))).Message);
        Assert.Contains("phase 5 ps", Assert.Throws<SimulationException>(() => new ClockSchedule(new ClockTiming(A, 5, 5))).Message);
        Assert.Contains("twice", Assert.Throws<SimulationException>(() => new ClockSchedule(new(A, 5), new(A with { Reset = "x" }, 5))).Message);
        Assert.Contains("'Ring' has the clocks a, b, c, but the schedule has a", Assert.Throws<SimulationException>(() => new ScheduledEngine(new InterpretedEngine(Top), new ClockSchedule(new ClockTiming(A, 5)))).Message);
    }

    [Fact]
    public void Claims_are_checked_at_joint_edges()
    {
        using var engine = new CompiledEngine(Elaborator.Elaborate(new Ring(limit: 5)));
        for (var i = 0; i < 5; i++)
        {
            engine.Tick([A, B]);
        }

        Assert.Equal("B never gets to 5", Assert.Throws<AssertionFailedException>(() => engine.Tick([A, B])).Message.Split(": ")[1]);
    }

    private sealed class Ring(int limit = 255) : Module
    {
        public readonly Signal YA = Output(UInt(8));
        public readonly Signal YB = Output(UInt(8));
        public readonly Signal YC = Output(UInt(8));

        protected override void Build()
        {
            var toggles = new Signal[3];
            ClockDomain[] clocks = [A, B, C];
            Signal[] outputs = [YA, YB, YC];
            for (var i = 0; i < 3; i++)
            {
                InDomain(clocks[i], () => Register(out toggles[i], Bit, reset: i & 1, $"toggle{i}"));
            }

            for (var i = 0; i < 3; i++)
            {
                InDomain(clocks[i], () =>
                {
                    var seen = toggles[(i + 2) % 3].Synchronise(clocks[i], name: $"seen{i}");
                    toggles[i].Drive(!seen);
                    Register(out var count, UInt(8), reset: 0, $"count{i}");
                    count.Drive(count.WrapAdd(1));
                    if (i == 1)
                    {
                        Hardware.Assert(count != limit, $"B never gets to {limit}");
                    }

                    outputs[i].Drive(Cat(count.Truncate(5), toggles[i], seen, count[5]));
                });
            }
        }
    }

    /// <summary>The same in C#: all new values from all old ones.</summary>
    private sealed class Model
    {
        private int[] _toggle = [0, 1, 0];
        private int[] _first = new int[3];
        private int[] _second = new int[3];
        private int[] _count = new int[3];

        public IEnumerable<BigInteger> Outputs => Enumerable.Range(0, 3).Select(i => (BigInteger)(((_count[i] & 31) << 3) | (_toggle[i] << 2) | (_second[i] << 1) | ((_count[i] >> 5) & 1)));

        public void Tick(ClockDomain[] moment)
        {
            int[] toggle = [.. _toggle], first = [.. _first], second = [.. _second], count = [.. _count];
            foreach (var i in moment.Select(d => d.Clock[0] - 'a'))
            {
                (toggle[i], first[i], second[i], count[i]) = (1 - _second[i], _toggle[(i + 2) % 3], _first[i], (_count[i] + 1) & 255);
            }

            (_toggle, _first, _second, _count) = (toggle, first, second, count);
        }
    }
}
