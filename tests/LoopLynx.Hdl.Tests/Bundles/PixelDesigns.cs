namespace LoopLynx.Hdl.Tests.Bundles;

/// <summary>Beats through everything that a bundle brings: chosen, mapped, packed, unpacked, registered, named, driven over a wire.</summary>
public sealed class PixelPath : Module
{
    public readonly StreamIn<Pixel> In = Pixel.In(UInt(8), SInt(6), Bit);
    public readonly StreamOut<Pixel> Out = Pixel.Out(UInt(8), SInt(6), Bit);
    public readonly Signal Invert = Input(Bit);

    protected override void Build()
    {
        var inverted = Pixel.Mux(Invert, In.Data.Map(s => ~s), In.Data).Named("inverted");
        var packed = inverted.Pack().Named("packed");
        Pixel.Wire(out var path, UInt(8), SInt(6), Bit);
        path.Drive(Pixel.Unpack(packed, UInt(8), SInt(6), Bit));
        Out.Drive(StreamSources.Of(In.Valid, path, In.Ready).Isolate().Fifo(3));
    }
}

/// <summary>A nested bundle through a register without a handshake and through a stream.</summary>
public sealed class SamplePath : Module
{
    public readonly StreamIn<Sample> In = Sample.In(UInt(4), UInt(8), SInt(6), Bit, SInt(5) * 3);
    public readonly StreamOut<Sample> Out = Sample.Out(UInt(4), UInt(8), SInt(6), Bit, SInt(5) * 3);
    public readonly SignalGroup<Pixel> Colour = Pixel.Inputs(Bit, Bit, Bit);
    public readonly SignalGroup<Pixel> Delayed = Pixel.Outputs(Bit, Bit, Bit);

    protected override void Build()
    {
        var types = In.Data.Map(s => s);
        Out.Drive(In.Map(s => Sample.Unpack(s.Pack(), types.X.Type, types.Colour.R.Type, types.Colour.G.Type, types.Colour.B.Type, types.Weights.Type)).Stage());
        Delayed.Drive(Colour.Data.Registered(name: "delayed"));
    }
}

/// <summary>A record struct is a payload also without a generator.</summary>
public sealed class PlainPath : Module
{
    public readonly StreamIn<Plain> In = In<Plain>([UInt(8), UInt(8)]);
    public readonly StreamOut<Plain> Out = Out<Plain>([UInt(8), UInt(8)]);

    protected override void Build() => Out.Drive(In.Map(p => new Plain(p.High, p.Low)).Stage());
}
