namespace LoopLynx.Hdl.Analyzers.Tests.Rules;

public class DiscardedResultTests
{
    [Theory]
    [InlineData("[|A.Registered()|]; Y.Drive(A);")]
    [InlineData("When(C, () => [|A.RegisteredReset(0)|]); Y.Drive(A);")]
    [InlineData("[|S.Stage()|]; Z.Drive(S);")]
    [InlineData("[|S.Fork(2)|];")]
    [InlineData("[|A.WrapAdd(1)|]; [|Mux(C, A, 0)|]; [|A.Truncate(3)|];")]
    [InlineData("Memory(out var rows, UInt(8), 4); [|rows.Read(A)|];")]
    [InlineData("[|A.Named(\"sum\")|];")]
    public Task A_value_that_goes_nowhere_is_found(string statements) => Analysis.Check(DiscardedResult.Id, Sources.InBuild(statements));

    [Theory]
    [InlineData("Y.Drive(A.Registered()); Z.Drive(S.Stage());")]
    [InlineData("Register(out var r, UInt(8)); Wire(out var w, Bit); Let(out var sum, A + 1); Memory(out var rows, UInt(8), 4);")]
    [InlineData("Instance(out Child child, new Child()); Instances(2, i => new Child(), \"c\");")]
    [InlineData("_ = A.Registered();")]
    [InlineData("S.AssertStable(); When(C, () => Y.Drive(A)).Else(() => Y.Drive(0));")]
    [InlineData("Func<Signal> later = () => A.Registered(); Own();  Signal Own() => A;")]
    public Task What_is_used_or_has_an_effect_is_not(string statements) => Analysis.Check(DiscardedResult.Id, Sources.InBuild(statements));
}
