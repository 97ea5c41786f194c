using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Hdl;

/// <summary>What to divide.</summary>
public sealed record Division(Signal Dividend, Signal Divisor);

/// <summary>dividend = divisor * Quotient + Remainder.</summary>
public sealed record DivisionResult(Signal Quotient, Signal Remainder);

/// <summary>
/// Integer division, one bit a cycle (radix 2, restoring): small, exact, not pipelined.
/// Unsigned: the remainder is less than the divisor. Signed: the quotient is rounded towards zero and the remainder has the dividend's sign, as in C#.
/// </summary>
/// <remarks>
/// Latency: bits of the dividend + 1 cycles; the next division may begin in the cycle after its result is taken: initiation interval bits + 2.
/// The quotient has the dividend's width, one bit more where signed (so that -2^(n-1) / -1 fits).
/// Division by 0: the quotient's magnitude is 2^n - 1 (n bits in the dividend), the remainder's that of the dividend modulo 2^m (m bits in the divisor); the signs are the dividend's.
/// </remarks>
/// <param name="dividend">Type of the dividend: a scalar.</param>
/// <param name="divisor">Type of the divisor: a scalar, of the same signedness.</param>
public sealed class DividerUnit(HdlType dividend, HdlType divisor) : Module
{
    /// <summary>Dividend and divisor.</summary>
    public readonly StreamIn<Division> Input = In(new Division(dividend, divisor));

    /// <summary>Quotient and remainder; the remainder has the dividend's type.</summary>
    public readonly StreamOut<DivisionResult> Output = Out(new DivisionResult(Quotient: dividend.WithWidth(dividend.Width + (dividend.Signed ? 1 : 0)), Remainder: dividend));

    /// <inheritdoc/>
    public override string Summary => $"divider, {dividend.Width} bits by {divisor.Width}, one bit a cycle";

    /// <inheritdoc/>
    protected override void Build()
    {
        var (n, m) = (dividend.Width, divisor.Width);
        var (top, bottom) = (Magnitude(Input.Data.Dividend), Magnitude(Input.Data.Divisor));
        Register(out var busy, Bit, reset: 0);
        Register(out var left, UInt(Sizes.BitsFor(n)), reset: 0);
        Register(out var quotient, UInt(n));
        Register(out var remainder, UInt(m));
        Register(out var by, UInt(m));
        Let(out var done, busy & left == 0);
        Input.Ready.Drive(!busy);

        // The dividend leaves the quotient's register at the top, bit by bit, while the quotient comes in from below.
        Let(out var rest, Cat(remainder, quotient.Msb));
        Let(out var fits, rest >= by);
        When(Input.Fire, () =>
        {
            busy.Drive(1);
            left.Drive(n);
            quotient.Drive(top);
            remainder.Drive(0);
            by.Drive(bottom);
        }).ElseWhen(busy & left != 0, () =>
        {
            left.Drive(left.WrapSub(1));
            remainder.Drive(Mux(fits, rest.WrapSub(by), rest).Truncate(m));
            quotient.Drive(Cat(quotient, fits).Truncate(n));
        }).ElseWhen(Output.Fire, () => busy.Drive(0));

        Output.Valid.Drive(done);
        Signs(quotient, remainder, by);
    }

    /// <summary>Gives the results their signs. A remainder is never larger than the dividend, so it fits its width.</summary>
    private void Signs(Signal quotient, Signal remainder, Signal by)
    {
        Signal Fitted(Signal value) => value.Resize(dividend.Width);
        if (!dividend.Signed)
        {
            Output.Data.Quotient.Drive(quotient);
            Output.Data.Remainder.Drive(Fitted(remainder));
            return;
        }

        var negative = Input.Data.Dividend.Msb.Registered(Input.Fire, "dividendNegative");
        var opposite = (Input.Data.Dividend.Msb ^ Input.Data.Divisor.Msb).Registered(Input.Fire, "signsDiffer");
        var (q, r) = (quotient.ToSigned(), remainder.ToSigned());
        Output.Data.Quotient.Drive(Mux(opposite, (-q).Truncate(q.Width), q));
        Output.Data.Remainder.Drive(Fitted(Mux(negative, -r, r)));
    }

    private static Signal Magnitude(Signal value) => value.Type.Signed ? Mux(value.Msb, -value, value).Truncate(value.Width).AsUnsigned() : value;
}
