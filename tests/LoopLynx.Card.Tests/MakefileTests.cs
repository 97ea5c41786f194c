namespace LoopLynx.Card.Tests;

/// <summary>The makefile, with programs in place of the vendor's that write what those would.</summary>
public sealed class MakefileTests : IDisposable
{
    private readonly Folder _folder = new();

    public MakefileTests()
    {
        Tool("vivado", "echo vivado >> calls; touch looplynx_node.xo");
        Tool("v++", """
            echo "v++ $*" >> calls
            for argument; do case "$last" in --output) touch "$argument";; --temp_dir) folder="$argument";; esac; last="$argument"; done
            mkdir -p "$folder/reports/link/imp" && cp report.rpt "$folder/reports/link/imp/impl_1_hw_bb_locked_timing_summary_routed.rpt"
            """);
        Tool("emconfigutil", "touch emconfig.json");
        Tool("xclbinutil", """
            for argument; do case "$argument" in CLOCK_FREQ*) file="${argument##*:}";; esac; done
            printf '"m_freq_Mhz": "285",\n"m_type": "DATA",\n"m_name": "ulp_ucs_aclk_kernel_00"\n' > "$file"
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_xclbin_that_meets_timing_appears_with_its_clock()
    {
        Report("0.012", "0.004");
        var (code, log) = Make("hw", "NODES=2");
        Assert.True(code == 0, log);
        Assert.True(File.Exists(_folder["looplynx_node-2.xclbin"]));
        Assert.Contains("slack: setup 0.012 ns, hold 0.004 ns", log);
        Assert.Contains("clock ulp_ucs_aclk_kernel_00: 285 MHz", log);
        var calls = File.ReadAllText(_folder["calls"]);
        Assert.Contains("--platform xilinx_u50_gen3x16_xdma_5_202210_1 --config connectivity-2.cfg", calls);
    }

    [Theory]
    [InlineData("-0.003", "0.004")]
    [InlineData("0.100", "-0.001")]
    [InlineData("NA", "NA")]
    public void Negative_slack_and_none_are_refused(string setup, string hold)
    {
        Report(setup, hold);
        Assert.NotEqual(0, Make("hw").Code);
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.xclbin"));
    }

    [Fact]
    public void An_emulation_needs_no_timing()
    {
        Report("-1", "-1");
        Assert.Equal(0, Make("hw_emu").Code);
        Assert.True(File.Exists(_folder["looplynx_node-1.hw_emu.xclbin"]));
    }

    private void Report(string setup, string hold) => _folder.Write("report.rpt", $"""
        | Design Timing Summary
        ------------------------

            WNS(ns)      TNS(ns)  TNS Failing Endpoints  TNS Total Endpoints      WHS(ns)      THS(ns)
            -------      -------  ---------------------  -------------------      -------      -------
              {setup}        0.000                      0               400000        {hold}        0.000

        | Clock Summary
            WNS(ns)      TNS(ns)
            -------      -------
             -9.000        0.000

        """);

    private (int Code, string Log) Make(params string[] arguments)
    {
        var result = Small.Run("env", "coreutils", _folder.Path, ["-C", _folder.Path, $"PATH={_folder["bin"]}:/usr/bin:/bin", "make", .. arguments]);
        return (result.ExitCode, result.Log);
    }

    private void Tool(string name, string body)
    {
        var path = _folder.Write($"bin/{name}", $"#!/bin/sh\nset -e\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
