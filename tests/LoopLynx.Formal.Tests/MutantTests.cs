using LoopLynx.Formal.Tests.Cases;
using LoopLynx.Formal.Tests.Proofs;

namespace LoopLynx.Formal.Tests;

/// <summary>A contract is worth what it refuses. Mutants meet it without helper invariants: what a user of the combinator sees must give them away.</summary>
public class MutantTests
{
    public static TheoryData<string> Names => [.. Mutants.All.Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_refuted(string name)
    {
        var mutant = Mutants.Of(name);
        var mutation = new Mutation(mutant.Old, mutant.New);
        var result = Prover.Prove(ProofCases.Of(mutant.Of) with { WithInvariants = false, Induction = null, Depth = mutant.Depth }, mutation.In);
        mutation.IsFound(result);
        Assert.Contains(mutant.Claim ?? "refuted", result.Summary);
        Assert.Contains("in0_valid", result.Trace);
    }

    [Fact]
    public void Every_case_has_a_mutant_of_its_kind() =>
        Assert.Empty(ProofCases.All.Select(c => c.Name.TrimEnd('1', '2', '3', '4')).Distinct().Except(Mutants.All.Select(m => m.Of.TrimEnd('1', '2', '3', '4'))));
}
