using LoopLynx.Formal.Tests.Proofs;
using LoopLynx.Hdl;

namespace LoopLynx.Formal.Tests.Buses;

/// <summary>The protocol checkers' claims hold for the library's blocks in every run, and mutants of the blocks break the rule that they should.</summary>
public class BusProofTests
{
    [Fact]
    public void The_register_file_keeps_AXI4_Lite()
    {
        var result = Prover.Prove(new RegisterFileHarness(), depth: 8, induction: 2, RegisterFileHarness.Probes);
        Assert.True(result.Outcome == ProofOutcome.Proved, result.ToString());
    }

    /// <summary>What stalls in its buffers is in no claim, so no induction: all runs of that length.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(6)]
    public void Registers_behind_registers_keep_AXI4_Lite_and_what_is_written(int addressBits)
    {
        var result = Prover.Prove(new IsolatedRegistersHarness(addressBits), depth: 14);
        Assert.True(result.Outcome == ProofOutcome.Bounded, result.ToString());
    }

    [Theory]
    [InlineData("registers_age2 <= registers_age1 & registers_starts;", "registers_age2 <= registers_starts;", "a read ")]
    [InlineData("block1_isRead <= ", "block1_isRead <= !", "a read ")]
    [InlineData("block0_chosen <= ", "block0_chosen <= ~", "a read gives the register")]
    public void Wrong_registers_behind_registers_are_refuted(string right, string wrong, string claim) =>
        Refuted(new IsolatedRegistersHarness(addressBits: 6), right, wrong, claim, depth: 14);

    [Theory]
    [InlineData("skid")]
    [InlineData("stage")]
    public void Stages_keep_AXI4_Stream(string through)
    {
        var result = Prover.Prove(new PacketHarness(through), depth: 8, induction: 3);
        Assert.True(result.Outcome == ProofOutcome.Proved, result.ToString());
    }

    [Fact]
    public void Skid_and_stage_keep_AXI4_Stream()
    {
        // A beat that a stalled skid buffer hides is in no claim: the combinators' own proofs have the invariant for it.
        var result = Prover.Prove(new PacketHarness("isolate"), depth: 12);
        Assert.True(result.Outcome == ProofOutcome.Bounded, result.ToString());
    }

    [Theory]
    [InlineData("assign s_axi_awready = registers_write_ready & s_axi_wvalid;", "assign s_axi_awready = registers_write_ready;", "at most 2 requests wait for B (outstanding)")]
    [InlineData("wire registers_write_ready = !registers_answer_valid | registers_answer_ready;", "wire registers_write_ready = 1'b1;", "s_axi: ")]
    [InlineData("registers_answer_valid <= registers_answer_valid_both;", "registers_answer_valid <= s_axi_awvalid;", "BVALID answers a write whose")]
    [InlineData("registers_answer_valid <= registers_answer_valid_both;", "registers_answer_valid <= 1'b0;", "BVALID comes within 1 cycles (answerWithin)")]
    [InlineData("if (registers_write_ready) begin", "if (1'b1) begin", "BVALID stays until BREADY")]
    [InlineData("registers_read_valid <= s_axi_arvalid;", "registers_read_valid <= s_axi_arvalid | registers_read_valid;", "RVALID answers a read that was taken before")]
    [InlineData("registers_read_valid <= s_axi_arvalid;", "registers_read_valid <= 1'b0;", "RVALID comes within 1 cycles (answerWithin)")]
    [InlineData("registers_read_Data <= registers_read_data;", "registers_read_Data <= registers_read_data ^ 32'd1;", "a read gives the register")]
    [InlineData("registers_read_response = 2'd3;", "registers_read_response = 2'd0;", "a read is answered by what is at its address")]
    [InlineData("registers_write_response = 2'd2;", "registers_write_response = 2'd0;", "a write is answered by what is at its address")]
    [InlineData("(s_axi_wdata[9:0] & value_resized)", "s_axi_wdata[9:0]", "changes where it is written, and only there")]
    public void A_wrong_register_file_is_refuted(string right, string wrong, string claim) =>
        Refuted(new RegisterFileHarness(withInvariants: false), right, wrong, claim);

    [Theory]
    [InlineData("skid", "skid_full <= skid_stays;", "skid_full <= 1'b0;", "TVALID stays until TREADY")]
    [InlineData("skid", "skid_full <= skid_stays;", "skid_full <= s_axis_tvalid;", "m_axis: ")]
    [InlineData("stage", "!stage_valid | stage_ready", "1'b1", "m_axis: the ")]
    public void A_wrong_stage_is_refuted(string through, string right, string wrong, string claim) => Refuted(new PacketHarness(through), right, wrong, claim);

    private static void Refuted(Module harness, string right, string wrong, string claim, int depth = 8)
    {
        var mutation = new Mutation(right, wrong);
        var result = Prover.Prove(harness, depth, change: mutation.In);
        mutation.IsFound(result);
        Assert.Contains(claim, result.Summary);
    }
}
