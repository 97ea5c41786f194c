using LoopLynx.Formal.Tests.Cases;
using LoopLynx.Formal.Tests.Proofs;

namespace LoopLynx.Formal.Tests;

/// <summary>The contract of every stream combinator holds in every run, not only in those that a test happens to make.</summary>
public class CombinatorProofTests
{
    public static TheoryData<string> Names => [.. ProofCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Keeps_its_contract(string name)
    {
        var proof = ProofCases.Of(name);
        var result = Prover.Prove(proof);
        Assert.True(result.Outcome == (proof.Induction is null ? ProofOutcome.Bounded : ProofOutcome.Proved), result.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_contract_is_not_empty(string name) => Assert.True(Prover.Reaches(ProofCases.Of(name), depth: 10), "no run in which every watched beat leaves");
}
