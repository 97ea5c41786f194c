using LoopLynx.Gen.Tests.Designs;
using LoopLynx.Gen.Tests.Support;
using LoopLynx.Hdl;

namespace LoopLynx.Gen.Tests;

/// <summary>Claims reach formal tools, and simulators that ask for them.</summary>
public class AssertionTests
{
    private const string Bench = """
        module bench;
        reg clk, rst; wire odd; integer c;
        Claims dut(.clk(clk), .rst(rst), .Step(1'b1), .Odd(odd));
        initial begin
            clk = 0; rst = 1;
            for (c = 0; c < 30; c = c + 1) begin #1 clk = 1; #1 clk = 0; rst = 0; end
            $display("end");
        end
        endmodule
        """;

    [Fact]
    public void Yosys_reads_all_claims_and_proves_the_true_one()
    {
        using var folder = new WorkFolder(Elaborator.Elaborate(new Claims(10)));
        var read = $"read_verilog -formal {folder.Files[0]}; prep -top Claims; select -assert-count 1 t:$assert; select -assert-count 1 t:$assume; select -assert-count 1 t:$cover; ";
        Assert.Equal("", folder.Yosys(read));
        folder.Yosys(read + "chformal -cover -remove; async2sync; dffunmap; sat -tempinduct -prove-asserts -set-assumes -seq 1 -maxsteps 20 -verify");
    }

    [Fact]
    public void Yosys_finds_the_false_claim()
    {
        using var folder = new WorkFolder(Elaborator.Elaborate(new Claims(9)));
        var (code, _) = Tool.Run(folder.Path, "yosys", "-q", "-p",
            $"read_verilog -formal {folder.Files[0]}; prep -top Claims; chformal -cover -remove; async2sync; dffunmap; sat -prove-asserts -set-assumes -seq 1 -tempinduct -maxsteps 20 -verify");
        Assert.NotEqual(0, code);
    }

    [Fact]
    public void Values_that_only_a_claim_reads_are_no_warning()
    {
        using var folder = new WorkFolder(Elaborator.Elaborate(new Claims(10)));
        folder.Lint();
    }

    [Fact]
    public void A_simulator_stops_at_a_false_claim_with_its_message()
    {
        Assert.Contains("bench.dut.assert_0: the counter stays below \"9\"", Simulate(9));
        Assert.Equal("end\n", Simulate(10));
    }

    private static string Simulate(int limit)
    {
        using var folder = new WorkFolder(Elaborator.Elaborate(new Claims(limit)));
        File.WriteAllText(Path.Combine(folder.Path, "bench.v"), Bench);
        Tool.Check(folder.Path, "iverilog", ["-g2005", "-DSIMULATION", "-o", "bench.vvp", "bench.v", .. folder.Files]);
        return Tool.Run(folder.Path, "vvp", "-n", "bench.vvp").Output;
    }
}
