using LoopLynx.Fuzz.Designs;
using LoopLynx.Hdl;
using LoopLynx.Hdl.Netlist;
using LoopLynx.Sim;
using LoopLynx.Sim.Compiled;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Tests.Support;
using LoopLynx.Sim.Waves;

namespace LoopLynx.Verilator.Tests;

/// <summary>GTKWave's own converter reads our FST files, and finds what our VCD files say.</summary>
public sealed class FstWriterTests : IDisposable
{
    private static readonly ExternalTool Converter = new("fst2vcd", "apt-get install gtkwave");
    private readonly string _folder = Directory.CreateTempSubdirectory("looplynx-waves").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(1)]
    [InlineData(20_000)]
    [InlineData(1 << 24)]
    public void An_FST_file_says_what_the_VCD_file_says(int blockSize)
    {
        var (vcd, fst) = Record(Elaborator.Elaborate(new WaveDesign()), 300, blockSize, new WaveOptions());
        Same(vcd, fst);
        Assert.True(vcd.Names.Count() > 10);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_design_s_nets_are_equal(int seed)
    {
        var (vcd, fst) = Record(Elaborator.Elaborate(new RandomModule(seed, 40)), 60, 5_000, new WaveOptions { MaxLaneVariables = 8 });
        Same(vcd, fst);
    }

    [Fact]
    public void A_window_starts_and_ends_at_its_cycles()
    {
        var (vcd, fst) = Record(Elaborator.Elaborate(new WaveDesign()), 40, 1 << 24, new WaveOptions { FirstCycle = 5, LastCycle = 7 });
        Same(vcd, fst);
        Assert.Equal([50, 55, 60, 65, 70, 75], fst.Changes("WaveDesign.clk"));
    }

    [Fact]
    public void With_a_limit_the_newest_cycles_stay_and_read_as_ever()
    {
        const int limit = 6_000;
        var (vcd, fst) = Record(Elaborator.Elaborate(new WaveDesign()), 3_000, 1 << 24, new WaveOptions { SizeLimit = limit });
        Assert.InRange(new FileInfo(Path.Combine(_folder, "run.fst")).Length, limit / 4, limit);
        var first = fst.Changes("WaveDesign.clk").First();
        Assert.InRange(first, 10_000, 29_900);
        Assert.Equal(vcd.Changes("WaveDesign.Wide").Last(), fst.Changes("WaveDesign.Wide").Last());
        foreach (var name in vcd.Names)
        {
            Assert.All(vcd.Changes(name).Where(time => time >= first), time => Assert.Equal(vcd.At(name, time), fst.At(name, time)));
        }
    }

    [Fact]
    public void Equal_runs_are_equal_files()
    {
        Record(Elaborator.Elaborate(new WaveDesign()), 50, 1 << 24, new WaveOptions());
        var first = File.ReadAllBytes(Path.Combine(_folder, "run.fst"));
        Record(Elaborator.Elaborate(new WaveDesign()), 50, 1 << 24, new WaveOptions());
        Assert.Equal(first, File.ReadAllBytes(Path.Combine(_folder, "run.fst")));
    }

    [Fact]
    public void The_extension_chooses_the_format()
    {
        using var engine = new InterpretedEngine(Elaborator.Elaborate(new WaveDesign()));
        using var vcd = WaveWriter.Create(engine, Path.Combine(_folder, "a.VCD"));
        using var fst = WaveWriter.Create(engine, Path.Combine(_folder, "a.fst"));
        Assert.IsType<VcdWriter>(vcd);
        Assert.IsType<FstWriter>(fst);
        Assert.Equal("the wave file 'a.txt' ends neither in .vcd nor in .fst: its extension chooses the format", Assert.Throws<SimulationException>(() => WaveWriter.Create(engine, "a.txt")).Message);
    }

    private static void Same(VcdFile vcd, VcdFile fst)
    {
        Assert.Equal(vcd.Names.Order(StringComparer.Ordinal), fst.Names.Order(StringComparer.Ordinal));
        foreach (var name in vcd.Names)
        {
            var changes = vcd.Changes(name);
            Assert.Equal(changes, fst.Changes(name));
            Assert.All(changes, time => Assert.Equal(vcd.At(name, time), fst.At(name, time)));
        }
    }

    private (VcdFile Vcd, VcdFile Fst) Record(Design design, int cycles, int blockSize, WaveOptions options)
    {
        Assert.SkipUnless(Converter.IsInstalled, "fst2vcd is not installed");
        var text = new StringWriter();
        using (var engine = new CompiledEngine(design))
        using (var vcd = new VcdWriter(engine, text, options))
        using (var fst = new FstWriter(engine, Path.Combine(_folder, "run.fst"), options) { BlockSize = blockSize })
        {
            var random = new Random(1);
            for (var cycle = 0; cycle <= cycles; cycle++)
            {
                foreach (var port in design.Top.Ports.Where(p => p.Direction == PortDirection.Input && p.Type.Width <= 32 && random.Next(3) == 0))
                {
                    engine.PokeLanes(port.Name, [.. Enumerable.Range(0, port.Type.Lanes).Select(_ => (System.Numerics.BigInteger)random.NextInt64((long)port.Type.Min, (long)port.Type.Max + 1))]);
                }

                vcd.Sample();
                fst.Sample();
                engine.Tick();
            }
        }

        var result = Converter.Run(["run.fst", "-o", "back.vcd"], _folder, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, result.ExitCode);
        return (new VcdFile(text.ToString()), new VcdFile(File.ReadAllText(Path.Combine(_folder, "back.vcd"))));
    }
}
