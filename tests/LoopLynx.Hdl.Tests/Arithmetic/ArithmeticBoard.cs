namespace LoopLynx.Hdl.Tests.Arithmetic;

/// <summary>Operands of a requantisation, two lanes.</summary>
public sealed record RequantiseCase(Signal Value, Signal Multiplier, Signal Shift, Signal Low, Signal High);

/// <summary>The arithmetic units beside each other: one design, so that a slow engine is built once for all.</summary>
internal sealed class ArithmeticBoard : Module
{
    public static readonly ReciprocalFormat[] Formats = [new(), new(Fraction: 12, TableBits: 6), new(Fraction: 24, TableBits: 10)];

    public static readonly (HdlType A, HdlType B)[] WideFactors =
    [
        (SInt(34) * 2, SInt(34) * 2), (SInt(33) * 4, UInt(17)), (UInt(60) * 2, UInt(30) * 2), (UInt(53), SInt(80)), (SInt(18) * 2, SInt(27)), (UInt(5) * 2, UInt(1) * 2), (SInt(20), UInt(90)),
    ];

    public readonly StreamIn<Signal>[] ReciprocalIn = [.. Formats.Select((f, i) => In(UInt(f.Fraction + 1), $"ReciprocalIn{i}"))];
    public readonly StreamOut<ScaledReciprocal>[] ReciprocalOut = [.. Formats.Select((f, i) => Out<ScaledReciprocal>([UInt(f.MantissaBits), UInt(Sizes.AddressBits(f.Fraction + 1))], $"ReciprocalOut{i}"))];
    public readonly StreamIn<Signal>[] RootIn = [.. Formats.Select((f, i) => In(UInt(f.Fraction + 2), $"RootIn{i}"))];
    public readonly StreamOut<ScaledReciprocal>[] RootOut = [.. Formats.Select((f, i) => Out<ScaledReciprocal>([UInt(f.MantissaBits), UInt(Sizes.AddressBits((f.Fraction + 3) / 2))], $"RootOut{i}"))];
    public readonly StreamIn<RequantiseCase> RequantiseIn = In<RequantiseCase>([SInt(20) * 2, UInt(9) * 2, UInt(5), SInt(8), SInt(8)]);
    public readonly StreamOut<Signal> RequantiseOut = Out(SInt(8) * 2);
    public readonly StreamIn<Division> UnsignedIn = In<Division>([UInt(13), UInt(7)]);
    public readonly StreamOut<DivisionResult> UnsignedOut = Out<DivisionResult>([UInt(13), UInt(13)]);
    public readonly StreamIn<Division> SignedIn = In<Division>([SInt(9), SInt(12)]);
    public readonly StreamOut<DivisionResult> SignedOut = Out<DivisionResult>([SInt(10), SInt(9)]);
    public readonly StreamIn<Pair<Signal, Signal>> ProductIn = In<Pair<Signal, Signal>>([SInt(27) * 3, SInt(18)]);
    public readonly StreamOut<Signal>[] ProductOut = [.. Enumerable.Range(1, 4).Select(i => Out(SInt(45) * 3, $"ProductOut{i}"))];
    public readonly StreamIn<Pair<Signal, Signal>>[] WideProductIn = [.. WideFactors.Select((f, i) => In<Pair<Signal, Signal>>([f.A, f.B], $"WideProductIn{i}"))];
    public readonly StreamOut<Signal>[] WideProductOut = [.. WideFactors.Select((f, i) => Out(ProductOf(f.A, f.B), $"WideProductOut{i}"))];
    public readonly StreamIn<Pair<Signal, Signal>> ShiftIn = In<Pair<Signal, Signal>>([SInt(37) * 3, UInt(6) * 3]);
    public readonly StreamOut<Signal> ShiftOut = Out(SInt(38) * 3);
    public readonly StreamIn<Signal> FixedIn = In(SInt(16) * 4);
    public readonly StreamOut<Signal> NarrowOut = Out(SInt(8) * 4);
    public readonly StreamOut<Signal> WideOut = Out(SInt(20) * 4);

    protected override void Build()
    {
        for (var i = 0; i < Formats.Length; i++)
        {
            var reciprocal = Instance(new ReciprocalUnit(Formats[i].Fraction + 1, Formats[i]), $"reciprocal{i}");
            reciprocal.Input.Drive(ReciprocalIn[i]);
            ReciprocalOut[i].Drive(reciprocal.Output);
            var root = Instance(new ReciprocalSquareRootUnit(Formats[i].Fraction + 2, Formats[i]), $"root{i}");
            root.Input.Drive(RootIn[i]);
            RootOut[i].Drive(root.Output);
        }

        RequantiseOut.Drive(RequantiseIn.Pipeline(Requantisation.Levels, c => Requantisation.Requantise(c.Value, c.Multiplier, c.Shift, c.Low, c.High), "requantise"));
        Instance(out var unsigned, new DividerUnit(UInt(13), UInt(7)));
        unsigned.Input.Drive(UnsignedIn);
        UnsignedOut.Drive(unsigned.Output);
        Instance(out var signed, new DividerUnit(SInt(9), SInt(12)));
        signed.Input.Drive(SignedIn);
        SignedOut.Drive(signed.Output);
        foreach (var (pairs, i) in ProductIn.Fork(ProductOut.Length, "products").Select((p, i) => (p, i)))
        {
            ProductOut[i].Drive(pairs.Pipeline(i + 1, p => p.First.MultiplyPipelined(p.Second, i + 1), $"product{i}"));
        }

        foreach (var (pairs, i) in WideProductIn.Select((p, i) => (p, i)))
        {
            var levels = WideMultiplier.Latency(WideFactors[i].A, WideFactors[i].B);
            WideProductOut[i].Drive(pairs.Pipeline(levels, p => p.First.MultiplyWide(p.Second), $"wide{i}"));
        }

        ShiftOut.Drive(ShiftIn.Pipeline(FixedPoint.RoundShiftLevels, p => p.First.RoundShiftPipelined(p.Second), "shift"));
        var values = FixedIn.Fork(2, "values");
        NarrowOut.Drive(values[0].Map(v => v.SaturateRound(fraction: 10, toFraction: 6, toWidth: 8)));
        WideOut.Drive(values[1].Map(v => v.SaturateRound(fraction: 10, toFraction: 13, toWidth: 20)));
    }

    private static HdlType ProductOf(HdlType a, HdlType b) => new HdlType(a.Width + b.Width, a.Signed || b.Signed) * a.Lanes;
}
