namespace LoopLynx.Hdl.Analyzers.Tests.Rules;

public class NullTestTests
{
    [Theory]
    [InlineData("Signal? e = null; if ([|e == null|]) { Y.Drive(A); }")]
    [InlineData("Signal? e = null; if ([|null != e|]) { Y.Drive(A); }")]
    [InlineData("Signal? e = null; var test = [|e == default|];")]
    public Task A_comparison_with_null_is_found(string statements) => Analysis.Check(NullTest.Id, Sources.InBuild(statements));

    [Theory]
    [InlineData("Signal? e = null; if (e is null || ReferenceEquals(e, A)) { Y.Drive(A); }")]
    [InlineData("string? text = null; if (text == null) { Y.Drive(A == 0); }")]
    public Task Pattern_tests_and_hardware_comparisons_are_not(string statements) => Analysis.Check(NullTest.Id, Sources.InBuild(statements));

    [Theory]
    [InlineData("Signal? e = null; if (e == null) { }", "Signal? e = null; if (e is null) { }")]
    [InlineData("Signal? e = null; if (null != e) { }", "Signal? e = null; if (e is not null) { }")]
    public async Task The_fix_asks_with_a_pattern(string before, string after) =>
        Assert.Equal(Sources.InBuild(after), await Analysis.Fix(NullTest.Id, Sources.InBuild(before)));
}
