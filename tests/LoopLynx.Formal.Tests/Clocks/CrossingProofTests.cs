using LoopLynx.Formal.Tests.Proofs;

namespace LoopLynx.Formal.Tests.Clocks;

/// <summary>The parts that carry streams between clocks, for clocks of any ratio, phase and jitter; and mistakes that the claims must find.</summary>
public class CrossingProofTests
{
    public static TheoryData<string, int, string, string> Mutants => new()
    {
        { "a pointer crosses in binary", 2, "tail_gray <= ", "tail_gray <= tail;  // " },
        { "full compares one bit too few", 2, "head_sync2 ^ 2'd3", "head_sync2 ^ 2'd2" },
        { "never full", 2, "assign Push_ready = ", "assign Push_ready = 1'b1 | " },
        { "never empty", 2, "assign Pop_valid = ", "assign Pop_valid = 1'b1 | " },
        { "the head isn't shown", 2, "head_gray <= ", "head_gray <= 2'd1 ^ " },
        { "a handshake is always ready", 0, "assign Push_ready = ", "assign Push_ready = 1'b1 | " },
        { "a handshake takes again what it has", 0, "acknowledge <= request_sync2;", "acknowledge <= acknowledge;" },
    };

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(0)]
    public void A_stream_crosses_between_any_clocks(int depth)
    {
        var result = ClockProver.Prove(new CrossingHarness(depth));
        Assert.True(result.Outcome == ProofOutcome.Proved, result.ToString());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(0)]
    public void What_is_claimed_happens(int depth) => Assert.True(ClockProver.Reaches(new CrossingHarness(depth)));

    [Theory]
    [MemberData(nameof(Mutants))]
    public void A_mistake_is_found(string name, int depth, string before, string after)
    {
        var mutation = new Mutation(before, after);
        var result = ClockProver.Prove(new CrossingHarness(depth), mutation.In);
        Assert.True(mutation.Places > 0, $"{name}: nothing to change");
        Assert.True(result.Outcome == ProofOutcome.Refuted, $"{name}: {result}");
    }
}
