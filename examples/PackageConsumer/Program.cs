using LoopLynx.Gen;
using LoopLynx.Sim.Compiled;
using LoopLynx.Testing;
using PackageConsumer;

// A colour bar through the simulated hardware, checked against the formula. With a folder as argument the Verilog is written there.
Pixel.Value[] bar = [new(255, 255, 255), new(255, 255, 0), new(0, 255, 255), new(0, 255, 0), new(255, 0, 255), new(255, 0, 0), new(0, 0, 255), new(0, 0, 0)];
var design = Elaborator.Elaborate(new Grayscale());
using (var engine = new CompiledEngine(design))
{
    var bench = new Bench(engine);
    bench.Feed("Pixels", bar, stallPercent: 30);
    var bytes = bench.Collect("Bytes", bar.Select(p => Beat.Of(((77 * p.R) + (151 * p.G) + (28 * p.B)) / 256)), stallPercent: 30);
    bench.RunToEnd();
    Console.WriteLine(string.Join(' ', bytes.Beats.Select(beat => beat.Value)));
}

if (args is [var folder])
{
    Console.WriteLine(string.Join('\n', VerilogBackend.WriteTo(design, folder)));
}
