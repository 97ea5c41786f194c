namespace LoopLynx.Examples.Primer;

/// <summary>Two numbers.</summary>
public sealed record Operands(Signal A, Signal B);

/// <summary>The greatest common divisor, by subtraction: one step a cycle.</summary>
public sealed class Gcd(int width) : Module
{
    /// <summary>What to compute.</summary>
    public readonly StreamIn<Operands> Pairs = In<Operands>([UInt(width), UInt(width)]);

    /// <summary>The divisors, in order.</summary>
    public readonly StreamOut<Signal> Divisors = Out(UInt(width));

    /// <inheritdoc/>
    protected override void Build()
    {
        Register(out var busy, Bit, reset: 0);
        Register(out var a, UInt(width));
        Register(out var b, UInt(width));
        Pairs.Ready.Drive(!busy);
        Divisors.Valid.Drive(busy & b == 0);
        Divisors.Data.Drive(a);
        When(Pairs.Fire, () =>
        {
            busy.Drive(1);
            a.Drive(Pairs.Data.A);
            b.Drive(Pairs.Data.B);
        }).ElseWhen(Divisors.Fire, () => busy.Drive(0)).ElseWhen(a < b, () =>
        {
            a.Drive(b);
            b.Drive(a);
        }).ElseWhen(b != 0, () => a.Drive(a.WrapSub(b)));
    }
}
