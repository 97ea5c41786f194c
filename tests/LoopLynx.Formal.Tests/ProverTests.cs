using LoopLynx.Formal.Tests.Cases;
using LoopLynx.Formal.Tests.Proofs;
using LoopLynx.Hdl;
using static LoopLynx.Hdl.Hardware;

namespace LoopLynx.Formal.Tests;

/// <summary>The prover itself: each outcome, and the words that come with it.</summary>
public class ProverTests
{
    /// <summary>Counts to a limit and starts again, or holds; with a claim about how far it gets.</summary>
    private sealed class Counter(int limit, int claimed) : Module
    {
        public readonly Signal Step = Input(Bit);
        public readonly Signal Count = Output(UInt(4));

        protected override void Build()
        {
            Register(out var count, UInt(4), reset: 0);
            When(Step, () => count.Drive(Mux(count == limit, 0, count.WrapAdd(1))));
            Count.Drive(count);
            Assert(count <= claimed, "the counter stays in its range");
        }
    }

    [Fact]
    public void An_inductive_claim_is_proved()
    {
        var result = Prover.Prove(new Counter(9, 9), depth: 4, induction: 1);
        Assert.Equal("Counter: proved for runs of any length (1-induction, 4 cycles from reset)", result.ToString());
        Assert.Equal(ProofOutcome.Proved, result.Outcome);
    }

    [Fact]
    public void A_false_claim_is_refuted_with_its_line_and_the_run()
    {
        var result = Prover.Prove(new Counter(9, 2), depth: 8);
        Assert.Equal(ProofOutcome.Refuted, result.Outcome);
        Assert.Matches(@"^Counter: refuted: ProverTests\.cs\(\d+\) ""the counter stays in its range""$", result.Summary);
        Assert.Matches(@"^cycle 0 1 2 3 4\nCount 0 0 1 2 3\nStep  . 1 1 1 .$", result.Trace);
    }

    [Fact]
    public void A_claim_that_needs_an_invariant_is_told_from_a_false_one()
    {
        // True from reset on; but from 11, which it never reaches, it would go to 12.
        var result = Prover.Prove(new Counter(9, 11), depth: 14, induction: 1);
        Assert.Equal(ProofOutcome.NotInductive, result.Outcome);
        Assert.Contains("holds for 14 cycles from reset, but isn't inductive for k = 1", result.Summary);
    }

    [Fact]
    public void A_bound_that_is_too_short_for_the_induction_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Prover.Prove(new Counter(9, 9), depth: 2, induction: 2));

    [Fact]
    public void Nothing_is_left_behind()
    {
        Prover.Prove(new Counter(9, 2), depth: 8);
        Assert.DoesNotContain(Directory.GetDirectories(Path.GetTempPath(), "looplynx-proof-*"), d => File.Exists(Path.Combine(d, "Counter.v")));
    }

    [Fact]
    public void A_run_that_is_too_short_to_show_something_is_told() => Assert.False(Prover.Reaches(ProofCases.Of("pipeline2"), depth: 3));
}
