using LoopLynx.Examples.Fir;
using LoopLynx.Examples.Sorter;
using LoopLynx.Examples.Uart;

namespace LoopLynx.Examples.Tests;

/// <summary>The examples' programs print what their pages say, and write Verilog. One class, because the console belongs to the process.</summary>
public class ProgramTests
{
    [Theory]
    [InlineData(typeof(FirFilter), "1 4 9 16 23 28 31 32 32 32", "FirFilter.v")]
    [InlineData(typeof(UartEcho), "_‾_‾_‾_‾_‾‾‾", "UartEcho.v")]
    [InlineData(typeof(LaneSorter), "-89 -65 -4 15 31 35 79 92", "LaneSorter.v")]
    public void It_prints_a_run_and_writes_the_Verilog(Type design, string line, string file)
    {
        var folder = Directory.CreateTempSubdirectory("looplynx-example-").FullName;
        try
        {
            Assert.Equal(line, Run(design));
            var lines = Run(design, folder).Split('\n');
            Assert.Equal((line, Path.Combine(folder, file)), (lines[0], lines[^1]));
            Assert.True(File.Exists(lines[^1]));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Run(Type design, params string[] arguments)
    {
        var (output, captured) = (Console.Out, new StringWriter());
        try
        {
            Console.SetOut(captured);
            design.Assembly.EntryPoint!.Invoke(null, [arguments]);
        }
        finally
        {
            Console.SetOut(output);
        }

        return captured.ToString().Trim();
    }
}
