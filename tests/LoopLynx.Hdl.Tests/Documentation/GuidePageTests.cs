using System.Text.RegularExpressions;
using LoopLynx.Sim;
using LoopLynx.Sim.Coverage;
using LoopLynx.Testing;

namespace LoopLynx.Hdl.Tests.Documentation;

/// <summary>The C# of the guide's pages is code of this project, which runs; what the pages say is printed is what is printed.</summary>
public partial class GuidePageTests
{
    private const string Sources = "tests/LoopLynx.Hdl.Tests/Documentation/Guide";

    [Theory]
    [InlineData("02-testing")]
    [InlineData("03-streams")]
    [InlineData("04-memories")]
    [InlineData("05-lanes")]
    [InlineData("06-verilog")]
    [InlineData("07-cosimulation")]
    [InlineData("08-waves")]
    [InlineData("10-clocks")]
    [InlineData("11-coverage")]
    [InlineData("13-buses")]
    [InlineData("14-bundles-and-parts")]
    public void Every_block_of_a_page_is_compiled(string page)
    {
        var compiled = Directory.EnumerateFiles(Repository.Path(Sources), "*.cs").Select(file => Unindented(File.ReadAllText(file))).ToList();
        var blocks = CSharpBlock().Matches(Repository.Read($"docs/guide/{page}.md")).Select(m => Unindented(m.Groups[1].Value)).ToList();
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.True(compiled.Exists(file => file.Contains(block, StringComparison.Ordinal)), $"{page}: not in {Sources}:\n{block}"));
    }

    [Fact]
    public void The_failing_test_s_waveform_is_what_a_failing_test_prints()
    {
        using var engine = TestEngines.Create(EngineKind.Interpreted, new Guide.Volume(max: 3));
        var bench = new Bench(engine, waveCycles: 6);
        engine.Poke("Up", 1);
        var error = Assert.Throws<BenchException>(() =>
        {
            for (var level = 0; level < 10; level++)
            {
                bench.Expect("Level", level);
                bench.Step();
            }
        });
        Block.Check("docs/guide/02-testing.md", "text", 0, error.Message);
    }

    [Fact]
    public void The_deadlock_s_message_is_what_a_deadlock_prints()
    {
        using var engine = TestEngines.Create(EngineKind.Interpreted, new Guide.MovingSum(window: 4));
        var bench = new Bench(engine, waveCycles: 4) { Patience = 50 };
        bench.Feed("Samples", Beat.Each([1, 2, 3]));
        bench.Collect("Sums", Beat.Each([1, 3, 6, 10]));
        Block.Check("docs/guide/02-testing.md", "text", 1, Assert.Throws<BenchException>(() => bench.RunToEnd()).Message);
    }

    [Fact]
    public void The_project_file_of_the_page_is_that_of_a_test_project()
    {
        var lines = XmlBlock().Match(Repository.Read("docs/guide/02-testing.md")).Groups[1].Value.Split('\n');
        var project = Unindented(Repository.Read("tests/LoopLynx.Examples.Tests/LoopLynx.Examples.Tests.csproj"));
        Assert.All(lines, line => Assert.Contains(line.Trim(), project));
    }

    [Fact]
    public void The_Verilog_of_the_page_is_the_Verilog() =>
        Block.Check("docs/guide/06-verilog.md", "verilog", 0, Guide.VerilogExample.Print());

    [Fact]
    public void The_ports_of_the_page_s_timer_are_its_ports() =>
        Block.Check("docs/guide/13-buses.md", "verilog", 0, Guide.BusVerilog.PortsOf(new Guide.Timer()));

    [Fact]
    public void The_broken_promise_is_told_as_the_page_says() =>
        Block.Check("docs/guide/13-buses.md", "text", 0, Guide.BusVerilog.BrokenPromise());

    [Fact]
    public void The_page_s_buses_lint_without_a_warning()
    {
        SkipWithoutVerilator();
        foreach (var module in new Module[] { new Guide.Timer(), new Guide.PacketBuffer() })
        {
            InFolder(folder => Assert.Equal("", Guide.BusVerilog.Lint(folder, module)));
        }
    }

    [Fact]
    public void The_page_s_lint_run_finds_nothing()
    {
        SkipWithoutVerilator();
        InFolder(folder =>
        {
            var result = Guide.VerilogExample.Lint(folder);
            Assert.Equal((0, "", ""), (result.ExitCode, result.Output, result.Error));
        });
    }

    [Fact]
    public void The_broken_Verilog_is_noticed_as_the_page_says()
    {
        SkipWithoutVerilator();
        Block.Check("docs/guide/07-cosimulation.md", "text", 0, $"{Guide.CosimulationTests.RunBroken()}\n");
    }

    [Fact]
    public void The_wave_files_of_the_page_are_written() => InFolder(folder =>
    {
        var (file, window) = (Path.Combine(folder, "sum.vcd"), Path.Combine(folder, "window.vcd"));
        Guide.WaveExample.WriteFile(file);
        Guide.WaveExample.WriteWindow(window);
        Assert.Contains(" Sums_data ", File.ReadAllText(file));
        Assert.Contains("\n#10000\n", File.ReadAllText(window));
        Assert.DoesNotContain(" Sums_data ", File.ReadAllText(window));
    });

    [Fact]
    public void The_terminal_s_waveform_is_what_is_printed() =>
        Block.Check("docs/guide/08-waves.md", "text", 0, Guide.WaveExample.Print());

    [Fact]
    public void The_last_cycles_of_the_page_are_written() => InFolder(folder =>
    {
        Guide.WaveExample.WriteLastCycles(Path.Combine(folder, "sum.vcd"));
        Assert.Contains("\n#20\n", File.ReadAllText(Path.Combine(folder, "sum.vcd")));
    });

    [Fact]
    public void The_coverage_of_the_page_is_what_is_printed() =>
        Block.Check("docs/guide/11-coverage.md", "text", 0, CoverageText.Of(Guide.CoverageExample.Report(), maxMissed: 8));

    [Fact]
    public void The_waivers_of_the_page_are_read() =>
        Assert.Equal(3, Waiver.Parse(WaiverBlock().Match(Repository.Read("docs/guide/11-coverage.md")).Groups[1].Value).Count);

    [Fact]
    public void The_collected_coverage_of_the_page_is_written() => InFolder(folder =>
    {
        var path = Path.Combine(folder, "coverage.json");
        Guide.CoverageExample.RunTests(path);
        Assert.Equal("MovingSum", Assert.Single(CoverageFile.Load(path).Definitions).Key.Class);
    });

    private static void SkipWithoutVerilator() =>
        Assert.SkipUnless(TestEngines.Kinds.Contains(EngineKind.Verilator), "runs without Verilator");

    private static void InFolder(Action<string> body)
    {
        var folder = Directory.CreateTempSubdirectory("looplynx-guide-").FullName;
        try
        {
            body(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Unindented(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex("```text\n(# CLASS.*?)```", RegexOptions.Singleline)]
    private static partial Regex WaiverBlock();

    [GeneratedRegex("```xml\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex XmlBlock();
}
