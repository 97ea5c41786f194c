namespace PackageConsumer;

/// <summary>A colour, 8 bits a channel.</summary>
[Bundle]
public readonly partial record struct Pixel(Signal R, Signal G, Signal B);

/// <summary>Colours to brightness: (77 R + 151 G + 28 B) / 256. A stream of pixels in, a stream of bytes out; latency 2, one pixel a cycle.</summary>
public sealed class Grayscale : Module
{
    public readonly StreamIn<Pixel> Pixels = Pixel.In(UInt(8), UInt(8), UInt(8));
    public readonly StreamOut<Signal> Bytes = Out(UInt(8));

    protected override void Build() =>
        Bytes.Drive(Pixels.Stage().Map(p => ((77 * p.R + 151 * p.G + 28 * p.B) >> 8).Truncate(8)).Stage("brightness"));
}
