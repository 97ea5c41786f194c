using LoopLynx.Hdl;
using LoopLynx.Sim;
using LoopLynx.Sim.Interpreted;
using LoopLynx.Sim.Tests.Support;
using LoopLynx.Sim.Waves;

namespace LoopLynx.Verilator.Tests;

/// <summary>GTKWave's own converter reads our wave files.</summary>
public class WaveToolTests
{
    private static readonly ExternalTool Converter = new("vcd2fst", "apt-get install gtkwave");

    [Fact]
    public void GTKWave_accepts_the_file()
    {
        Assert.SkipUnless(Converter.IsInstalled, "vcd2fst is not installed");
        var folder = Directory.CreateTempSubdirectory("looplynx-waves").FullName;
        try
        {
            var engine = new InterpretedEngine(Elaborator.Elaborate(new WaveDesign()));
            using (var waves = new WaveEngine(engine, new VcdWriter(engine, Path.Combine(folder, "run.vcd"))))
            {
                waves.PokeLanes("Step", [1, 2, 3]);
                waves.Run(50);
            }

            var result = Converter.Run(["run.vcd", "run.fst"], folder, cancellation: TestContext.Current.CancellationToken);
            Assert.Equal((0, ""), (result.ExitCode, result.Error));
            Assert.True(new FileInfo(Path.Combine(folder, "run.fst")).Length > 0);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
