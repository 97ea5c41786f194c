using LoopLynx.Accelerator.Tests.Support;

namespace LoopLynx.Accelerator.Tests.Numerics;

/// <summary>The arithmetic units beside each other: one design, so that a slow engine is built once for all.</summary>
internal sealed class NumericBoard : Module
{
    public const int Lanes = 2;
    public const int ReciprocalWidth = 27;
    public const int NarrowRootWidth = 65;
    public const int WideRootWidth = 69;
    public const int DistanceBits = 23;

    public readonly StreamIn<RequantiseInput> RequantiseIn = In<RequantiseInput>([SInt(32).Lanes(Lanes), SInt(32).Lanes(Lanes), UInt(17).Lanes(Lanes), UInt(6).Lanes(Lanes), SInt(24), SInt(24)]);
    public readonly StreamOut<Signal> RequantiseOut = Out(SInt(24).Lanes(Lanes));
    public readonly StreamIn<Signal> ReciprocalIn = In(UInt(ReciprocalWidth));
    public readonly StreamOut<ScaledReciprocal> ReciprocalOut = Out<ScaledReciprocal>([UInt(17), UInt(5)]);
    public readonly StreamIn<Signal> NarrowRootIn = In(UInt(NarrowRootWidth));
    public readonly StreamOut<ScaledReciprocal> NarrowRootOut = Out<ScaledReciprocal>([UInt(17), UInt(6)]);
    public readonly StreamIn<Signal> WideRootIn = In(UInt(WideRootWidth));
    public readonly StreamOut<ScaledReciprocal> WideRootOut = Out<ScaledReciprocal>([UInt(17), UInt(6)]);
    public readonly StreamIn<ExponentialInput> ExponentialIn = In<ExponentialInput>([UInt(DistanceBits).Lanes(Lanes), UInt(17), UInt(6), Bit.Lanes(Lanes)]);
    public readonly StreamOut<Signal> ExponentialOut = Out(UInt(16).Lanes(Lanes));

    protected override void Build()
    {
        Instance(out var requantise, new RequantiseUnit(Lanes, NumericPlan.Int8, accumulatorBits: 32));
        requantise.Input.Drive(RequantiseIn);
        RequantiseOut.Drive(requantise.Output);
        Instance(out var reciprocal, new ReciprocalUnit(ReciprocalWidth));
        reciprocal.Input.Drive(ReciprocalIn);
        ReciprocalOut.Drive(reciprocal.Output);
        Instance(out var narrowRoot, new ReciprocalSquareRootUnit(NarrowRootWidth));
        narrowRoot.Input.Drive(NarrowRootIn);
        NarrowRootOut.Drive(narrowRoot.Output);
        Instance(out var wideRoot, new ReciprocalSquareRootUnit(WideRootWidth));
        wideRoot.Input.Drive(WideRootIn);
        WideRootOut.Drive(wideRoot.Output);
        Instance(out var exponential, new ExponentialUnit(Lanes, DistanceBits));
        exponential.Input.Drive(ExponentialIn);
        ExponentialOut.Drive(exponential.Output);
    }
}

/// <summary>Engines of the <see cref="NumericBoard"/>.</summary>
public sealed class NumericEngines() : EngineSet(() => new NumericBoard());

/// <summary>The tests that share the board.</summary>
[CollectionDefinition]
public sealed class NumericUnits : ICollectionFixture<NumericEngines>;
