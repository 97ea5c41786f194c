using LoopLynx.Formal.Tests.Proofs;

namespace LoopLynx.Formal.Tests.Parts;

/// <summary>Credits, counters, trees and partial sums keep their promises in every run, and mutants of each break one.</summary>
public class PartProofTests
{
    [Fact]
    public void Parts_keep_their_promises()
    {
        var result = Prover.Prove(new PartHarness(), depth: 8, induction: 4);
        Assert.True(result.Outcome == ProofOutcome.Proved, result.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Partial_sums_are_the_sums_of_their_terms(int count)
    {
        var result = Prover.Prove(new SumsHarness(count), depth: 10, induction: 3, probes: SumsHarness.Probes(count));
        Assert.True(result.Outcome == ProofOutcome.Proved, result.ToString());
    }

    [Theory]
    [InlineData("sum_written <= sum_turn;", "sum_written <= 1'b0;")]
    [InlineData("sum_writes <= Valid;", "sum_writes <= First;")]
    public void Wrong_partial_sums_are_refuted(string right, string wrong)
    {
        var mutation = new Mutation(right, wrong);
        mutation.IsFound(Prover.Prove(new SumsHarness(2), depth: 10, probes: SumsHarness.Probes(2), change: mutation.In));
    }

    [Theory]
    [InlineData("credits - 3'd1", "credits - 3'd2", "what was taken and what is left are the limit")]
    [InlineData("(counter == 3'd4) ?", "(counter == 3'd5) ?", "a counter ")]
    [InlineData("sum2[2:0] + sum2[5:3];", "sum2[2:0] + sum2[2:0];", "it is the sum of its group")]
    [InlineData("? max2[1:0] : max2[3:2];", "? max2[3:2] : max2[1:0];", "it is the largest of its group")]
    [InlineData("assume_0_either = !Take | Give | assert_2_unequal;", "assume_0_either = 1'b1;", "a credit is taken only where there is one")]
    [InlineData("Tag_d2 <= Tag_d1;", "Tag_d2 <= Tag;", "it is the sum of its group, with what travelled beside it")]
    public void A_wrong_part_is_refuted(string right, string wrong, string claim)
    {
        var mutation = new Mutation(right, wrong);
        var result = Prover.Prove(new PartHarness(), depth: 10, change: mutation.In);
        mutation.IsFound(result);
        Assert.Contains(claim, result.Summary);
    }
}
