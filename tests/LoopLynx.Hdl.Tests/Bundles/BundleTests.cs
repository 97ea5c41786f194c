using LoopLynx.Sim;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Bundles;

/// <summary>Generated bundles as ports and payloads, on every engine.</summary>
public class BundleTests
{
    [Theory, EveryEngine]
    public void A_pixel_comes_out_as_it_went_in_or_inverted(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new PixelPath());
        foreach (var invert in new[] { 0, 1 })
        {
            engine.Poke("Invert", invert);
            var random = new Random(invert);
            var pixels = Enumerable.Range(0, 40).Select(_ => new Pixel.Value(random.Next(256), random.Next(-32, 32), random.Next(2))).ToList();
            var bench = new Bench(engine);
            bench.Feed("In", pixels, stallPercent: 30);
            var sink = bench.Collect("Out", invert == 0 ? pixels : pixels.Select(p => new Pixel.Value(255 - p.R, ~p.G, 1 - p.B)), stallPercent: 30);
            bench.RunToEnd();
            Assert.Equal(invert == 0 ? pixels[7] : new Pixel.Value(255 - pixels[7].R, ~pixels[7].G, 1 - pixels[7].B), sink.Beats[7].To<Pixel.Value>());
        }
    }

    [Theory, EveryEngine]
    public void A_nested_bundle_keeps_its_fields_and_lanes(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new SamplePath());
        var random = new Random(3);
        var samples = Enumerable.Range(0, 40).Select(i => new Sample.Value(i % 16, new Pixel.Value(random.Next(256), random.Next(-32, 32), i % 2), [random.Next(-16, 16), -16, 15])).ToList();
        var bench = new Bench(engine);
        engine.Poke("Colour_G", 1);
        bench.Feed("In", samples);
        bench.Collect("Out", samples, stallPercent: 40);
        bench.RunToEnd();
        bench.Expect("Delayed_G", 1);
        bench.Expect("Delayed_R", 0);
    }

    [Theory, EveryEngine]
    public void A_record_struct_needs_no_generator(EngineKind kind)
    {
        using var engine = TestEngines.Create(kind, new PlainPath());
        var bench = new Bench(engine);
        bench.Feed("In", [Beat.Of(1, 2), Beat.Of(3, 4)]);
        bench.Collect("Out", [Beat.Of(2, 1), Beat.Of(4, 3)]);
        bench.RunToEnd();
    }

    [Fact]
    public void Ports_registers_and_wires_have_the_fields_names()
    {
        var pixel = Elaborator.Elaborate(new PixelPath()).Top;
        Assert.Equal(["In_valid", "In_R", "In_G", "In_B", "In_ready"], pixel.Ports.Select(p => p.Name).Take(5));
        string[] names = ["inverted_R", "inverted_B", "path_R", "path_B", "packed"];
        Assert.Equal(names, names.Intersect(pixel.Nodes.Select(n => n.Name)));
        var sample = Elaborator.Elaborate(new SamplePath()).Top;
        Assert.Equal(["In_X", "In_Colour_R", "In_Colour_G", "In_Colour_B", "In_Weights"], sample.Ports.Select(p => p.Name).Skip(1).Take(5));
        Assert.Contains("delayed_G", sample.Nodes.Select(n => n.Name));
    }

    [Fact]
    public void The_first_field_is_the_most_significant_when_packed()
    {
        using var engine = TestEngines.Create(EngineKind.Interpreted, new PixelPath());
        engine.Poke("In_R", 0x5A);
        engine.Poke("In_G", -1);
        engine.Poke("In_B", 0);
        engine.Settle();
        Assert.Equal((0x5A << 7) | (0x3F << 1), engine.PeekNet("packed").Single());
    }
}
