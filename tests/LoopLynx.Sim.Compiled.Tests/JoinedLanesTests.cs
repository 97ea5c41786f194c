using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Compiled.Tests;

/// <summary>Reductions of scalars that were joined for them.</summary>
public class JoinedLanesTests
{
    [Theory]
    [InlineData(2, 1, false)]
    [InlineData(3, 1, false)]
    [InlineData(8, 1, false)]
    [InlineData(9, 1, false)]
    [InlineData(3, 5, false)]
    [InlineData(3, 5, true)]
    [InlineData(4, 33, true)]
    [InlineData(3, 70, false)]
    public void Reductions_of_joined_scalars_are_those_of_their_lanes(int lanes, int width, bool signed) =>
        Lockstep.Check(Elaborator.Elaborate(new Reductions(lanes, signed ? SInt(width) : UInt(width))), new CompiledOptions(), 200, $"{lanes} x {width}");

    [Theory]
    [InlineData(3, false)]
    [InlineData(8, false)]
    [InlineData(9, true)]
    public void They_are_joined_only_where_they_are_many(int lanes, bool joined)
    {
        using var engine = new CompiledEngine(Elaborator.Elaborate(new Enables(lanes)));
        string[] signs = ["Vector128.", "for (nint"];
        Xunit.Assert.Equal(joined, signs.Any(s => engine.Source.Contains(s, StringComparison.Ordinal)));
    }

    /// <summary>Each level uses the one below it twice: 2^60 ways lead from the top to the bottom.</summary>
    [Fact]
    public void Operations_that_share_operands_are_walked_once() => Lockstep.Check(Elaborator.Elaborate(new Ladder(60)), new CompiledOptions(), 50, "ladder");

    private sealed class Reductions(int lanes, HdlType type) : Module
    {
        public readonly Signal A = Input(type.Lanes(lanes));
        public readonly Signal B = Input(type.Lanes(lanes));
        public readonly Signal Row = Input(type.Lanes(lanes));
        public readonly Signal Same = Input(type);
        public readonly Signal Results = Output(type.Lanes(9));

        protected override void Build()
        {
            var (a, b) = (Joined(A), Joined(B));
            var constants = Const(type.Lanes(lanes), [.. Enumerable.Range(0, lanes).Select(i => type.Wrap(i + 1))]);
            Results.Drive(SignalLanes.JoinLanes(
                a.AnyLane(), a.AllLanes(), a.XorLanes(), (a & b).AnyLane(), (a | ~b).AllLanes(), (a ^ b ^ constants).XorLanes(),
                (a & (Same ^ A.Lane(0))).AnyLane(), (a | (b & ~Same)).AllLanes(), (a & Row).AnyLane()));
        }

        // Registers make scalars of the lanes.
        private Signal Joined(Signal row) => SignalLanes.JoinLanes([.. Enumerable.Range(0, lanes).Select(i =>
        {
            Register(out var lane, type, reset: i == 1 ? 1 : 0);
            lane.Drive(row.Lane(lanes - 1 - i));
            return lane;
        })]);
    }

    private sealed class Enables(int lanes) : Module
    {
        public readonly Signal[] Valid = [.. Enumerable.Range(0, lanes).Select(i => Input(Bit, $"valid{i}"))];
        public readonly Signal[] Ready = [.. Enumerable.Range(0, lanes).Select(i => Input(Bit, $"ready{i}"))];
        public readonly Signal Fires = Output(Bit);

        protected override void Build() => Fires.Drive((SignalLanes.JoinLanes(Valid) & SignalLanes.JoinLanes(Ready)).AnyLane());
    }

    private sealed class Ladder(int levels) : Module
    {
        public readonly Signal[] In = [.. Enumerable.Range(0, 4).Select(i => Input(UInt(8), $"in{i}"))];
        public readonly Signal Parity = Output(UInt(8));

        protected override void Build()
        {
            var row = SignalLanes.JoinLanes(In);
            for (var level = 0; level < levels; level++)
            {
                row ^= row & SignalLanes.JoinLanes(In[level % 4], In[1], In[2], In[3]);
            }

            Parity.Drive(row.XorLanes());
        }
    }
}
