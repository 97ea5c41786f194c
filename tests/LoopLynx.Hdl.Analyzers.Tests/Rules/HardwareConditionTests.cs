namespace LoopLynx.Hdl.Analyzers.Tests.Rules;

public class HardwareConditionTests
{
    [Theory]
    [InlineData("if ([|C|]) { Y.Drive(A); }")]
    [InlineData("if ([|A == 3|]) { Y.Drive(A); } else { Y.Drive(0); }")]
    [InlineData("while ([|A > 3|]) { Y.Drive(A); }")]
    [InlineData("do { Y.Drive(A); } while ([|C|]);")]
    [InlineData("for (var i = 0; [|A < 3|]; i++) { }")]
    [InlineData("Y.Drive([|C|] ? A : 0);")]
    [InlineData("When([|C|] && A == 3, () => Y.Drive(A));")]
    [InlineData("When(([|C|] || A == 3) && A == 4, () => Y.Drive(A));")]
    [InlineData("var wide = true; When(wide && [|C|], () => Y.Drive(A));")]
    [InlineData("switch ([|A|]) { case 1: Y.Drive(A); break; }")]
    [InlineData("Y.Drive([|A|] switch { 1 => A, _ => 0 });")]
    public Task A_signal_can_t_decide_in_C(string statements) => Analysis.Check(HardwareCondition.Id, Sources.InBuild(statements));

    [Theory]
    [InlineData("if (A.Width == 8 && B.Lanes > 1) { Y.Drive(A); }")]
    [InlineData("for (var i = 0; i < B.Lanes; i++) { Y.Drive(i % 2 == 0 ? A : B.Lane(i)); }")]
    [InlineData("Signal? none = null; Y.Drive(none is null ? A : none);")]
    [InlineData("Signal? none = null; if (none == null) { Y.Drive(A); }")]
    [InlineData("Signal? none = null; Y.Drive(none switch { null => A, var some => some });")]
    [InlineData("Y.Drive(Mux(C & A == 3, A, 0));")]
    public Task Widths_and_counts_and_null_tests_may(string statements) => Analysis.Check(HardwareCondition.Id, Sources.InBuild(statements));

    [Theory]
    [InlineData("if (C) { Y.Drive(A); }", "When(C, () => { Y.Drive(A); });")]
    [InlineData("if (C) Y.Drive(A); else if (A == 3) Y.Drive(1); else Y.Drive(0);", "When(C, () => Y.Drive(A)).ElseWhen(A == 3, () => Y.Drive(1)).Else(() => Y.Drive(0));")]
    [InlineData("Y.Drive(C ? A : 0);", "Y.Drive(Mux(C, A, 0));")]
    [InlineData("When(C && A == 3 || A == 4, () => Y.Drive(A));", "When(C & A == 3 | A == 4, () => Y.Drive(A));")]
    [InlineData("Y.Drive(C && C | C ? A : 0);", "Y.Drive(Mux(C & (C | C), A, 0));")]
    [InlineData("if (C) { return; }", "if (C) { return; }")]
    public async Task The_fix_writes_it_in_hardware(string before, string after) =>
        Assert.Equal(Sources.InBuild(after), await Analysis.Fix(HardwareCondition.Id, Sources.InBuild(before)));
}
