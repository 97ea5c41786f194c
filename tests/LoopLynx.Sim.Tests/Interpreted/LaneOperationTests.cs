using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Sim.Tests.Support;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Tests.Interpreted;

/// <summary>Operators on lanes: broadcasting, moving, selecting, combining, looking at bits.</summary>
public class LaneOperationTests
{
    private static readonly BigInteger[] Four = [1, -2, 3, -4];

    [Fact]
    public void One_lane_is_broadcast_over_many() =>
        Assert.Equal<BigInteger>([11, 8, 13, 6], Cell.Evaluate(SInt(8) * 4, SInt(8), SInt(9) * 4, (a, b) => a + b, Four, [10]));

    [Fact]
    public void A_broadcast_left_operand_keeps_its_side() =>
        Assert.Equal<BigInteger>([9, 12, 7, 14], Cell.Evaluate(SInt(8) * 4, SInt(8), SInt(9) * 4, (a, b) => b - a, Four, [10]));

    [Fact]
    public void A_multiplexer_selects_lane_by_lane() =>
        Assert.Equal<BigInteger>([1, 7, 3, 7], Cell.Evaluate(SInt(8) * 4, SInt(8), SInt(8) * 4, (a, b) => Mux(a < 0, b, a), Four, [7]));

    [Fact]
    public void A_multiplexer_broadcasts_one_bit_and_one_lane()
    {
        Assert.Equal<BigInteger>([5, 5, 5, 5], Cell.Evaluate(SInt(8) * 4, SInt(8), SInt(8) * 4, (a, b) => Mux(b > 0, b, a), Four, [5]));
        Assert.Equal<BigInteger>(Four, Cell.Evaluate(SInt(8) * 4, SInt(8), SInt(8) * 4, (a, b) => Mux(b > 0, b, a), Four, [-5]));
    }

    [Fact]
    public void Wide_lanes_move_as_whole_values()
    {
        BigInteger[] wide = [BigInteger.One << 98, -1, 7, -(BigInteger.One << 99)];
        Assert.Equal<BigInteger>([7, -(BigInteger.One << 99), BigInteger.One << 98, -1], Cell.Evaluate(SInt(100) * 4, Bit, SInt(100) * 4, (a, _) => a.RotateLanes(2), wide, [0]));
        Assert.Equal<BigInteger>([-1, 7], Cell.Evaluate(SInt(100) * 4, Bit, SInt(100) * 2, (a, _) => a.LaneSlice(1, 2), wide, [0]));
    }

    [Fact]
    public void Lane_maps_repeat_and_reverse()
    {
        Assert.Equal<BigInteger>([1, 1, -2, -2, 3, 3, -4, -4], Cell.Evaluate(SInt(8) * 4, Bit, SInt(8) * 8, (a, _) => a.RepeatLanes(2), Four, [0]));
        Assert.Equal<BigInteger>([-4, 3, -2, 1], Cell.Evaluate(SInt(8) * 4, Bit, SInt(8) * 4, (a, _) => a.LaneMap([3, 2, 1, 0]), Four, [0]));
    }

    [Fact]
    public void Joined_lanes_start_with_the_first_operand() =>
        Assert.Equal<BigInteger>([9, 1, -2, 3, -4], Cell.Evaluate(SInt(8) * 4, SInt(8), SInt(8) * 5, (a, b) => SignalLanes.JoinLanes(b, a), Four, [9]));

    [Theory]
    [InlineData(0, 1, -2)]
    [InlineData(1, 3, -4)]
    [InlineData(2, 3, -4)]
    [InlineData(255, 3, -4)]
    public void A_lane_select_past_the_end_gives_the_last_run(int index, int first, int second) =>
        Assert.Equal<BigInteger>([first, second], Cell.Evaluate(SInt(8) * 4, UInt(8), SInt(8) * 2, (a, b) => a.SelectLanes(b, 2), Four, [index]));

    [Fact]
    public void A_lane_select_by_a_huge_index_gives_the_last_run() =>
        Assert.Equal<BigInteger>([-4], Cell.Evaluate(SInt(8) * 4, UInt(80), SInt(8), (a, b) => a.SelectLanes(b, 1), Four, [BigInteger.One << 64]));

    [Fact]
    public void Reductions_combine_groups()
    {
        Assert.Equal<BigInteger>([-1, -1], Cell.Evaluate(SInt(8) * 4, Bit, SInt(9) * 2, (a, _) => a.SumLanes(2), Four, [0]));
        Assert.Equal<BigInteger>([3], Cell.Evaluate(SInt(8) * 4, Bit, SInt(8), (a, _) => a.MaxLanes(), Four, [0]));
        Assert.Equal<BigInteger>([-4], Cell.Evaluate(SInt(8) * 4, Bit, SInt(8), (a, _) => a.MinLanes(), Four, [0]));
        Assert.Equal<BigInteger>([-512], Cell.Evaluate(SInt(8) * 4, Bit, SInt(10), (a, _) => a.SumLanes(), [-128], [0]));
        Assert.Equal<BigInteger>([1 ^ -2 ^ 3 ^ -4], Cell.Evaluate(SInt(8) * 4, Bit, SInt(8), (a, _) => a.XorLanes(), Four, [0]));
    }

    [Fact]
    public void Reductions_of_64_bit_lanes_follow_the_signedness()
    {
        BigInteger[] lanes = [ulong.MaxValue, 1];
        Assert.Equal<BigInteger>([ulong.MaxValue], Cell.Evaluate(UInt(64) * 2, Bit, UInt(64), (a, _) => a.MaxLanes(), lanes, [0]));
        Assert.Equal<BigInteger>([BigInteger.One << 64], Cell.Evaluate(UInt(64) * 2, Bit, UInt(65), (a, _) => a.SumLanes(), lanes, [0]));
    }

    [Fact]
    public void Lane_zero_is_the_least_significant_of_the_bits()
    {
        Assert.Equal<BigInteger>([0xfc03fe01], Cell.Evaluate(SInt(8) * 4, Bit, UInt(32), (a, _) => a.AsBits(), Four, [0]));
        Assert.Equal<BigInteger>(Four, Cell.Evaluate(UInt(32), Bit, SInt(8) * 4, (a, _) => a.AsLanes(SInt(8) * 4), [0xfc03fe01], [0]));
    }

    [Fact]
    public void Lanes_of_odd_widths_are_seen_as_others()
    {
        var bits = (BigInteger.One << 119) | 0b1_11110_00011;
        Assert.Equal<BigInteger>([3, 30, 1, .. Enumerable.Repeat(BigInteger.Zero, 20), 16],
            Cell.Evaluate(UInt(120), Bit, UInt(5) * 24, (a, _) => a.AsLanes(UInt(5) * 24), [bits], [0]));
        Assert.Equal<BigInteger>([bits & ((BigInteger.One << 60) - 1), BigInteger.One << 59],
            Cell.Evaluate(UInt(40) * 3, Bit, UInt(60) * 2, (a, _) => a.AsLanes(UInt(60) * 2), [bits & 0xff_ffff_ffff, 0, bits >> 80], [0]));
    }
}
