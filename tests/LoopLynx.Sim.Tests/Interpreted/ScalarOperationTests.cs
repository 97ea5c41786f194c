using System.Numerics;
using LoopLynx.Hdl;
using LoopLynx.Sim.Tests.Support;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Sim.Tests.Interpreted;

/// <summary>Operators at the edges of their ranges, on values of one word and of several.</summary>
public class ScalarOperationTests
{
    [Fact]
    public void A_sum_keeps_its_carry() =>
        Assert.Equal(510, Cell.Evaluate(UInt(8), UInt(8), UInt(9), (a, b) => a + b, 255, 255));

    [Fact]
    public void A_difference_of_unsigned_values_is_signed() =>
        Assert.Equal(-255, Cell.Evaluate(UInt(8), UInt(8), SInt(9), (a, b) => a - b, 0, 255));

    [Fact]
    public void A_truncated_sum_wraps() =>
        Assert.Equal(-128, Cell.Evaluate(SInt(8), SInt(8), SInt(8), (a, b) => (a + b).Truncate(8), 127, 1));

    [Fact]
    public void A_product_of_the_smallest_values_is_exact() =>
        Assert.Equal(16384, Cell.Evaluate(SInt(8), SInt(8), SInt(16), (a, b) => a * b, -128, -128));

    [Fact]
    public void A_sum_past_64_bits_is_exact() =>
        Assert.Equal((BigInteger.One << 65) - 2, Cell.Evaluate(UInt(64), UInt(64), UInt(65), (a, b) => a + b, ulong.MaxValue, ulong.MaxValue));

    [Fact]
    public void A_wide_product_is_exact() =>
        Assert.Equal((BigInteger)long.MinValue * long.MinValue, Cell.Evaluate(SInt(64), SInt(64), SInt(128), (a, b) => a * b, long.MinValue, long.MinValue));

    [Fact]
    public void Negation_of_the_smallest_value_grows_by_a_bit() =>
        Assert.Equal(128, Cell.Evaluate(SInt(8), Bit, SInt(9), (a, _) => -a, -128, 0));

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(100)]
    public void Complement_of_unsigned_bits_stays_in_range(int width) =>
        Assert.Equal((BigInteger.One << width) - 1, Cell.Evaluate(UInt(width), Bit, UInt(width), (a, _) => ~a, 0, 0));

    [Fact]
    public void Bitwise_operators_extend_the_narrower_operand_by_its_sign()
    {
        Assert.Equal(-1, Cell.Evaluate(SInt(4), SInt(12), SInt(12), (a, b) => a | b, -1, 0));
        Assert.Equal(0xff, Cell.Evaluate(SInt(4), SInt(12), SInt(12), (a, b) => a & b, -1, 0xff));
        Assert.Equal(0xf0f, Cell.Evaluate(UInt(4), UInt(12), UInt(12), (a, b) => a ^ b, 0, 0xf0f));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(64)]
    [InlineData(90)]
    public void Comparisons_follow_the_signedness(int width)
    {
        var top = BigInteger.One << (width - 1);
        Assert.Equal(1, Cell.Evaluate(SInt(width), SInt(width), Bit, (a, b) => a < b, -top, 0));
        Assert.Equal(0, Cell.Evaluate(UInt(width), UInt(width), Bit, (a, b) => a < b, top, 0));
        Assert.Equal(1, Cell.Evaluate(UInt(width), UInt(width), Bit, (a, b) => a <= b, top, top));
        Assert.Equal(1, Cell.Evaluate(UInt(width), UInt(width), Bit, (a, b) => a <= b, 0, top));
        Assert.Equal(0, Cell.Evaluate(SInt(width), SInt(width), Bit, (a, b) => a <= b, 0, -top));
        Assert.Equal(1, Cell.Evaluate(SInt(width), SInt(width), Bit, (a, b) => a == b, -top, -top));
        Assert.Equal(0, Cell.Evaluate(SInt(width), SInt(width), Bit, (a, b) => a != b, -top, -top));
    }

    [Theory]
    [InlineData(-7, 1, -4)]
    [InlineData(-1, 3, -1)]
    [InlineData(-128, 7, -1)]
    [InlineData(-128, 8, -1)]
    [InlineData(127, 255, 0)]
    [InlineData(-128, 255, -1)]
    public void A_signed_right_shift_rounds_down(int value, int amount, int expected) =>
        Assert.Equal(expected, Cell.Evaluate(SInt(8), UInt(8), SInt(8), (a, b) => a.ShiftRight(b), value, amount));

    [Fact]
    public void Shifts_by_64_and_more_empty_an_unsigned_word()
    {
        Assert.Equal(0, Cell.Evaluate(UInt(64), UInt(8), UInt(64), (a, b) => a.ShiftRight(b), ulong.MaxValue, 64));
        Assert.Equal(0, Cell.Evaluate(UInt(64), UInt(8), UInt(64), (a, b) => a.ShiftLeft(b, 64), ulong.MaxValue, 64));
        Assert.Equal(BigInteger.One << 63, Cell.Evaluate(UInt(64), UInt(8), UInt(64), (a, b) => a.ShiftLeft(b, 64), ulong.MaxValue, 63));
        Assert.Equal(1, Cell.Evaluate(UInt(64), UInt(8), UInt(64), (a, b) => a.ShiftRight(b), ulong.MaxValue, 63));
    }

    [Fact]
    public void A_huge_shift_amount_is_not_taken_modulo() =>
        Assert.Equal(0, Cell.Evaluate(UInt(8), UInt(80), UInt(8), (a, b) => a.ShiftRight(b), 255, BigInteger.One << 70));

    [Fact]
    public void A_left_shift_wraps_to_its_width() =>
        Assert.Equal(-64, Cell.Evaluate(SInt(8), UInt(4), SInt(8), (a, b) => a.ShiftLeft(b, 8), 3, 6));

    [Fact]
    public void A_multiplexer_extends_its_narrower_arm()
    {
        Assert.Equal(-3, Cell.Evaluate(SInt(4), SInt(100), SInt(100), (a, b) => Mux(b == 0, a, b), -3, 0));
        Assert.Equal(7, Cell.Evaluate(SInt(4), SInt(100), SInt(100), (a, b) => Mux(b == 0, a, b), -3, 7));
    }

    [Fact]
    public void Concatenation_puts_the_first_operand_on_top()
    {
        Assert.Equal(0xf1, Cell.Evaluate(SInt(4), UInt(4), UInt(8), (a, b) => Cat(a, b), -1, 1));
        Assert.Equal((BigInteger.One << 100) - 2, Cell.Evaluate(UInt(99), UInt(1), UInt(100), (a, b) => Cat(a, b), (BigInteger.One << 99) - 1, 0));
    }

    [Fact]
    public void A_slice_takes_bits_of_the_two_s_complement()
    {
        Assert.Equal(0xf, Cell.Evaluate(SInt(12), Bit, UInt(4), (a, _) => a.Slice(8, 4), -1, 0));
        Assert.Equal(1, Cell.Evaluate(UInt(200), Bit, UInt(70), (a, _) => a.Slice(65, 70), BigInteger.One << 65, 0));
        Assert.Equal(1, Cell.Evaluate(UInt(64), Bit, UInt(1), (a, _) => a.Msb, ulong.MaxValue, 0));
    }

    [Fact]
    public void Resizing_extends_by_the_operand_s_sign()
    {
        Assert.Equal(-2, Cell.Evaluate(SInt(4), Bit, SInt(90), (a, _) => a.Extend(90), -2, 0));
        Assert.Equal(14, Cell.Evaluate(SInt(4), Bit, UInt(4), (a, _) => a.AsUnsigned(), -2, 0));
        Assert.Equal(-1, Cell.Evaluate(UInt(90), Bit, SInt(90), (a, _) => a.AsSigned(), (BigInteger.One << 90) - 1, 0));
        Assert.Equal(-1, Cell.Evaluate(SInt(90), Bit, SInt(5), (a, _) => a.Truncate(5), -1, 0));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 20)]
    [InlineData(3, 30)]
    [InlineData(2, 99)]
    public void A_switch_takes_its_default_for_other_values(int selector, int expected) =>
        Assert.Equal(expected, Cell.Evaluate(UInt(2), Bit, UInt(8), (a, _) =>
        {
            Wire(out var y, UInt(8));
            Switch(a, on =>
            {
                on.Case(0, () => y.Drive(10));
                on.Case(1, () => y.Drive(20));
                on.Case(3, () => y.Drive(30));
                on.Default(() => y.Drive(99));
            });
            return y;
        }, selector, 0));
}
